using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>Between which moments something happened, both included, and how that is known.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Method">How it is known.</param>
/// <param name="Earliest">The earliest moment; null where nothing bounds it.</param>
/// <param name="Latest">The latest moment, not before <paramref name="Earliest"/>; null where nothing bounds it.</param>
public sealed record TimeInterval(TimeMethod Method, Instant? Earliest, Instant? Latest)
{
    private const long Day = 86_400_000;

    /// <summary>From the earliest to the latest moment in milliseconds; null where one of them is unknown.</summary>
    public long? WidthMilliseconds => Latest?.UnixMilliseconds - Earliest?.UnixMilliseconds;

    /// <summary>How far the true moment may be from <see cref="Midpoint"/>, in milliseconds, rounded up; null where one end is unknown.</summary>
    public long? ErrorMilliseconds => (WidthMilliseconds + 1) / 2;

    /// <summary>The middle, rounded down to a millisecond; null where one end is unknown.</summary>
    public Instant? Midpoint => WidthMilliseconds is { } width ? Earliest?.PlusMilliseconds(width / 2) : null;

    /// <summary>The interval of bounds in milliseconds since 1970; what lies outside the years 1 to 9999, or within a day of their ends, bounds nothing.</summary>
    internal static TimeInterval Of(TimeMethod method, Int128? earliest, Int128? latest) => new(method, Bound(earliest), Bound(latest));

    /// <summary>The interval of something that happened a constant time earlier.</summary>
    internal TimeInterval Earlier(long milliseconds) => Of(Method, (Int128?)Earliest?.UnixMilliseconds - milliseconds, (Int128?)Latest?.UnixMilliseconds - milliseconds);

    // A day of room, so that it can be written in any offset.
    private static Instant? Bound(Int128? milliseconds) =>
        milliseconds is { } bound && IsInRange(bound - Day) && IsInRange(bound + Day) ? new Instant((long)bound) : null;

    private static bool IsInRange(Int128 milliseconds) => milliseconds >= long.MinValue && milliseconds <= long.MaxValue && Instant.InRange((long)milliseconds);
}
