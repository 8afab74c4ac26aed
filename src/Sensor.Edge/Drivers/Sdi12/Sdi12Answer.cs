using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>What was understood, or why nothing was; exactly one is not null.</summary>
internal sealed record Sdi12Answer<T>(T? Value, DriverReply.Failed? Problem)
    where T : class
{
    public static implicit operator Sdi12Answer<T>(DriverReply.Failed problem) => new(null, problem);

    public static implicit operator Sdi12Answer<T>(T value) => new(value, null);
}

/// <summary>Why nothing was understood.</summary>
internal static class Sdi12Refusal
{
    /// <summary>Something came that a probe does not send; asking again may help.</summary>
    public static DriverReply.Failed Bad(string what) => new(FailureKind.Transient, MissingReason.BadAnswer, what);

    /// <summary>Nothing came in time.</summary>
    public static DriverReply.Failed Silent(string command) => new(FailureKind.Transient, MissingReason.NoAnswer, $"no answer to {command}");

    /// <summary>The probe is not the one that is configured.</summary>
    public static DriverReply.Failed Other(string what) => new(FailureKind.Misconfigured, MissingReason.BadAnswer, what);
}
