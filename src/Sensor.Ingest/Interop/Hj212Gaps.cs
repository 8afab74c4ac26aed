using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Interop;

/// <summary>Asks a logger once for the periods that are missing before one that just came; what it does not have is not asked for again in this process life.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Hj212Gaps(Hj212StationConfiguration station, ISqlDatabase evidence, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Instant _askedFrom = new(long.MaxValue);
    private Instant _askedTo = new(long.MinValue);

    /// <summary>The request for what is missing before a message, or null where nothing is.</summary>
    /// <param name="message">A message whose data are durable.</param>
    public Hj212Message? Request(Hj212Message message)
    {
        if (station.History <= TimeSpan.Zero || !Hj212Time.TryParse(message.DataTime, station.UtcOffset, out var stated))
        {
            return null;
        }

        var period = (long)station.Period.TotalMilliseconds;
        var end = station.DataTimeIsEnd ? stated : stated.PlusMilliseconds(period);
        var earliest = end.PlusMilliseconds(-(long)station.History.TotalMilliseconds);
        if (AttestedStore.LatestBefore(evidence, station.Station, end) is not { } last || last.PlusMilliseconds(period) >= end)
        {
            return null;
        }

        // Period ends, from the first that is missing to the one before this message.
        var first = last.PlusMilliseconds(period);
        first = first < earliest ? earliest : first;
        return Ask(first, end.PlusMilliseconds(-period)) ? History(message, first, end.PlusMilliseconds(-period), station.DataTimeIsEnd ? 0 : -period) : null;
    }

    private bool Ask(Instant first, Instant last)
    {
        lock (_lock)
        {
            if (first > last || (first >= _askedFrom && last <= _askedTo))
            {
                return false;
            }

            (_askedFrom, _askedTo) = (first, last);
            return true;
        }
    }

    private Hj212Message History(Hj212Message message, Instant first, Instant last, long shift) => Hj212Answers.History(
        message with { Exchange = Hj212Time.FormatExchange(Instant.From(time.GetUtcNow()), station.UtcOffset) },
        station.Dialect,
        station.Command,
        Hj212Time.Format(first.PlusMilliseconds(shift), station.UtcOffset),
        Hj212Time.Format(last.PlusMilliseconds(shift), station.UtcOffset));
}
