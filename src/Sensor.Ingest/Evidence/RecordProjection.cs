using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>Everything that follows from a record in the evidence: continuity, forks, observations, the last of each station.</summary>
/// <remarks>Works inside a transaction of the caller; one thread at a time.</remarks>
internal sealed class RecordProjection(ISqlDatabase database, RunLedger runs, ObservationTable observations)
{
    private readonly Dictionary<string, Last> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a record that has its place; <see cref="Flush"/> writes what is noted once for many.</summary>
    /// <param name="arrival">The record.</param>
    /// <param name="index">Its index.</param>
    /// <param name="first">The index of the first record with its identity, where this is a fork.</param>
    /// <param name="receivedAt">When it came, in milliseconds.</param>
    /// <returns>The run that a loss record closed, and whether its readings were stated before.</returns>
    public (LifeId? Closed, bool Repeats) Take(RecordArrival arrival, long index, long? first, long receivedAt)
    {
        var header = arrival.Decoded.Header;
        if (first is not null)
        {
            database.Execute("INSERT INTO fork(station, run, sequence, first_idx, second_idx) VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", header.Station, header.Run.ToArray(), header.Sequence, first, index);
        }

        var closed = runs.Take(index, arrival, isFork: first is not null);
        var repeats = arrival.Decoded.Record is { Body: ReadingsBody readings } && !observations.Add(index, header.Station, readings, arrival.Envelope.Payload);
        _last[header.Station] = new Last(header, arrival.Decoded.Record, index, receivedAt);
        return (closed, repeats);
    }

    /// <summary>Writes which record of each station is the last, at the end of the transaction.</summary>
    public void Flush()
    {
        foreach (var last in _last.Values)
        {
            Write(last);
        }

        _last.Clear();
    }

    /// <summary>Forgets what was noted, after a transaction that failed.</summary>
    public void Forget() => _last.Clear();

    private void Write(Last last) => database.Execute(
        """
        INSERT INTO station_last(station, idx, run, sequence, wall, clock, clock_error, received_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT(station) DO UPDATE SET idx = excluded.idx, run = excluded.run, sequence = excluded.sequence, wall = excluded.wall,
            clock = excluded.clock, clock_error = excluded.clock_error, received_at = excluded.received_at
        """,
        last.Header.Station, last.Index, last.Header.Run.ToArray(), last.Header.Sequence, last.Record?.Wall.UnixMilliseconds, (long?)last.Record?.Clock.Status, last.Record?.Clock.ErrorMilliseconds, last.ReceivedAt);

    private sealed record Last(RecordHeader Header, StationRecord? Record, long Index, long ReceivedAt);
}
