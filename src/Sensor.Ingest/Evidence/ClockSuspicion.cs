using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// Which records are clock-suspect: their wall clock is later than they arrived. It is shown and counted, and no decision knows of it, because arrival
/// differs between operators. A clock that is behind cannot be told from a record that travelled long.
/// </summary>
internal static class ClockSuspicion
{
    // Two honest clocks and their networks do not differ by as much.
    private const long MostAhead = 5 * 60_000;

    /// <summary>Whether a clock is too far ahead of the arrival of its record.</summary>
    /// <param name="wall">The station's clock when it signed.</param>
    /// <param name="receivedAt">The operator's clock when the record arrived.</param>
    public static bool IsSuspect(Instant wall, Instant receivedAt) => wall.UnixMilliseconds > receivedAt.UnixMilliseconds + MostAhead;

    /// <summary>A result with its new records counted whose clock is suspect.</summary>
    /// <param name="result">What a transaction did.</param>
    /// <param name="now">When those arrived of which it was not noted before.</param>
    public static AppendResult Counted(AppendResult result, Instant now) => result with
    {
        ClockSuspects = result.Arrivals.Zip(result.Landings).Count(p => p is { First: RecordArrival { Decoded.Record: { } record } arrival, Second: Landing.New or Landing.Fork }
            && IsSuspect(record.Wall, arrival.ReceivedAt ?? now)),
    };
}
