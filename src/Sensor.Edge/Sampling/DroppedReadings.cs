using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>
/// What stands for readings that were taken, could not be stored and found no more room in memory: per instrument and parameter, how many and
/// from when to when. They were never signed and so have no identity that a loss could name; missing readings say the same in their stead.
/// </summary>
/// <remarks>As large as the list of instruments and parameters. Not thread-safe.</remarks>
internal sealed class DroppedReadings
{
    private readonly Dictionary<(string Instrument, string Parameter), Span> _dropped = [];

    public void Add(ReadingsBody body)
    {
        foreach (var reading in body.Readings)
        {
            var key = (reading.Instrument, reading.Parameter);
            var before = _dropped.GetValueOrDefault(key) ?? new Span(reading.Unit, body.Instant, reading.SampledFrom, reading.SampledTo, 0);
            _dropped[key] = before with { From = Earlier(before.From, reading.SampledFrom), To = Earlier(reading.SampledTo, before.To) == before.To ? reading.SampledTo : before.To, Count = before.Count + 1 };
        }
    }

    /// <summary>One record for each instrument, and nothing is remembered any more.</summary>
    public IReadOnlyList<ReadingsBody> Take()
    {
        ReadingsBody[] bodies = [.. _dropped.GroupBy(entry => entry.Key.Instrument, StringComparer.Ordinal).Select(Body)];
        _dropped.Clear();
        return bodies;
    }

    private static ReadingsBody Body(IGrouping<string, KeyValuePair<(string Instrument, string Parameter), Span>> instrument) =>
        new(instrument.Min(entry => entry.Value.Instant), [.. instrument.Select(entry => Missing(instrument.Key, entry.Key.Parameter, entry.Value))]);

    private static Reading Missing(string instrument, string parameter, Span span) => new()
    {
        Parameter = parameter,
        Missing = MissingReason.NotReported,
        Unit = span.Unit,
        Flag = "F",
        Instrument = instrument,
        SampledFrom = span.From,
        SampledTo = span.To,
        Raw = $"{span.Count} readings dropped: the storage took no records and memory was full",
    };

    private static Instant Earlier(Instant one, Instant other) => one.UnixMilliseconds <= other.UnixMilliseconds ? one : other;

    private sealed record Span(string Unit, Instant Instant, Instant From, Instant To, long Count);
}
