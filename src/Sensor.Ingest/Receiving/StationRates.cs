using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Receiving;

/// <summary>
/// Keeps each station within its rate, before a signature is looked at. Where a station has a connection of its own (a hosted broker), its messages
/// wait, and with them the station alone. Where all come on one connection, waiting would hold up the others: what is too much is put aside, unread
/// and without a receipt, so that the station sends it again later.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StationRates : IDisposable
{
    /// <summary>How long a message waits at most, where it may.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>How long a station is named after its last message that was too much.</summary>
    public static readonly TimeSpan Named = TimeSpan.FromMinutes(5);

    /// <summary>All stations together that the registry does not know: names are cheap.</summary>
    public const string Unknown = "unknown";

    private readonly StationLimits _limits;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Dictionary<string, (StationRate Rate, LimitedStation? Limited)> _stations = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly LimitMeters _meters = new();

    /// <param name="limits">The rates.</param>
    /// <param name="waits">Whether messages may wait.</param>
    /// <param name="time">The clock.</param>
    public StationRates(StationLimits limits, bool waits, TimeProvider time) =>
        (_limits, _patience, _time, _start) = (limits, waits ? LongestWait : TimeSpan.Zero, time, time.GetTimestamp());

    /// <summary>The stations that sent too much lately.</summary>
    public IReadOnlyList<LimitedStation> Limited
    {
        get
        {
            lock (_lock)
            {
                var since = _time.GetUtcNow() - Named;
                return [.. _stations.Values.Select(entry => entry.Limited).OfType<LimitedStation>().Where(limited => limited.Last > since).OrderBy(limited => limited.Station, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Returns when a message may be taken; false where it is put aside.</summary>
    /// <param name="station">The station, or <see cref="Unknown"/>.</param>
    /// <param name="records">The records in the message.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<bool> TakeAsync(string station, int records, int bytes, CancellationToken stop)
    {
        var pause = Take(station, records, bytes);
        if (pause > _patience)
        {
            return false;
        }

        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, _time, stop);
        }

        return true;
    }

    public void Dispose() => _meters.Dispose();

    private TimeSpan Take(string station, int records, int bytes)
    {
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_start);
            if (!_stations.TryGetValue(station, out var entry))
            {
                entry.Rate = new StationRate(_limits.RecordsPerMinute, _limits.BytesPerMinute, TimeSpan.FromSeconds(_limits.BurstSeconds));
            }

            var pause = entry.Rate.Pause(records, bytes, now);
            if (pause <= _patience)
            {
                entry.Rate.Use(records, bytes, now);
            }

            if (pause > TimeSpan.Zero)
            {
                entry.Limited = Note(entry.Limited, station, records, pause > _patience);
            }

            _stations[station] = entry;
            return pause;
        }
    }

    private LimitedStation Note(LimitedStation? before, string station, int records, bool aside)
    {
        _meters.Limited(station, records, aside);
        var known = before ?? new LimitedStation(station, _time.GetUtcNow(), 0, 0);
        return known with { Last = _time.GetUtcNow(), Waited = known.Waited + (aside ? 0 : records), PutAside = known.PutAside + (aside ? records : 0) };
    }
}

/// <summary>A station that sent more than its rate.</summary>
/// <param name="Station">The station, or <see cref="StationRates.Unknown"/>.</param>
/// <param name="Last">When it did so last.</param>
/// <param name="Waited">Records that waited since the start.</param>
/// <param name="PutAside">Records that were put aside since the start; each is counted as often as it came.</param>
internal sealed record LimitedStation(string Station, DateTimeOffset Last, long Waited, long PutAside);
