using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Health;

/// <summary>What became of the reads of one instrument in this run.</summary>
/// <param name="Good">Reads that gave readings or events, or said that there is nothing new.</param>
/// <param name="Failed">Reads that failed.</param>
/// <param name="LastGood">When the last good one was; null before the first.</param>
/// <param name="Problem">Why the last read failed; null when it did not.</param>
internal sealed record SampleCount(long Good, long Failed, Instant? LastGood, string? Problem);

/// <summary>Counts the reads of every instrument.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SampleBook
{
    private static readonly SampleCount None = new(0, 0, null, null);
    private readonly ConcurrentDictionary<string, SampleCount> _counts = new(StringComparer.Ordinal);

    /// <summary>The counts by instrument, in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, SampleCount>> Counts => [.. _counts.OrderBy(c => c.Key, StringComparer.Ordinal)];

    /// <summary>Notes what a read came to.</summary>
    public void Note(string instrument, DriverReply reply, Instant now) => _counts.AddOrUpdate(instrument, _ => Next(None, reply, now), (_, count) => Next(count, reply, now));

    private static SampleCount Next(SampleCount count, DriverReply reply, Instant now) => reply is DriverReply.Failed failed
        ? count with { Failed = count.Failed + 1, Problem = failed.Detail }
        : new SampleCount(count.Good + 1, count.Failed, now, null);
}
