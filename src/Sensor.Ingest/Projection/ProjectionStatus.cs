namespace Sensor.Ingest.Projection;

/// <summary>How the projection stands.</summary>
/// <param name="State">ok, failing, or rebuild-needed.</param>
/// <param name="Detail">What is wrong and what to do; null where nothing is.</param>
internal sealed record ProjectionStatus(string State, string? Detail)
{
    public static ProjectionStatus Ok { get; } = new("ok", null);

    public static ProjectionStatus Failing(string detail) => new("failing", detail);

    public static ProjectionStatus RebuildNeeded(string why) => new("rebuild-needed", why + ". Run waterwatch-ingest rebuild influx");

    /// <summary>Whether only a rebuild helps.</summary>
    public bool IsRebuildNeeded => State == "rebuild-needed";
}
