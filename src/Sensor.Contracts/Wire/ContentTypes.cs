namespace Sensor.Contracts.Wire;

/// <summary>
/// What a signed thing is. The COSE content type (or the JWS <c>typ</c>) is signed with the payload, so that nothing signed as one
/// kind can be shown as another.
/// </summary>
public static class ContentTypes
{
    /// <summary>A station's record.</summary>
    public const string Record = "application/vnd.waterwatch.record+cbor";

    /// <summary>An operator's receipt.</summary>
    public const string Receipt = "application/vnd.waterwatch.receipt+cbor";

    /// <summary>An operator's command to a station.</summary>
    public const string Command = "application/vnd.waterwatch.command+cbor";

    /// <summary>JWS <c>typ</c> of an outcome.</summary>
    public const string Outcome = "waterwatch-outcome";

    /// <summary>JWS <c>typ</c> of a determination.</summary>
    public const string Determination = "waterwatch-determination";

    /// <summary>JWS <c>typ</c> of a log checkpoint; checkpoints for witnesses are signed notes and name the log's origin instead.</summary>
    public const string Checkpoint = "waterwatch-checkpoint";

    /// <summary>JWS <c>typ</c> of the manifest of an evidence bundle.</summary>
    public const string Bundle = "waterwatch-bundle";
}
