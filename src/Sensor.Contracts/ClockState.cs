namespace Sensor.Contracts;

/// <summary>How far a station's wall clock could be trusted when a record was signed.</summary>
/// <param name="Status">Whether it was disciplined.</param>
/// <param name="ErrorMilliseconds">The estimated largest error, or null when unknown.</param>
/// <param name="Source">What disciplined it, such as <c>kernel</c>, 1 to 16 bytes.</param>
public sealed record ClockState(ClockStatus Status, long? ErrorMilliseconds, string Source);

/// <summary>Whether a wall clock was disciplined.</summary>
public enum ClockStatus
{
    /// <summary>The kernel says that nothing disciplines the clock.</summary>
    Unsynchronised = 0,

    /// <summary>The kernel says that the clock is disciplined.</summary>
    Synchronised = 1,

    /// <summary>It could not be found out.</summary>
    Unknown = 2,
}
