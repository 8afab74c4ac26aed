namespace Sensor.Edge.Configuration;

/// <summary>Which orders of operators the station obeys. <c>resend</c> it always obeys, because it changes nothing here.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CommandsConfiguration
{
    /// <summary>Everything that can be accepted besides <c>resend</c>.</summary>
    internal static readonly IReadOnlyList<string> Words = ["cadence", "configuration", "log", "maintenance", "sample"];

    /// <summary>What decides over the worth of readings: by default no operator orders it alone.</summary>
    internal static readonly IReadOnlyList<string> OfAll = ["cadence", "configuration", "maintenance"];

    /// <summary>What is obeyed; nothing by default.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>What is obeyed only when every operator orders the same within 15 minutes. By default cadence, configuration and maintenance.</summary>
    public IReadOnlyList<string> EveryOperator { get; init; } = OfAll;
}
