using Sensor.Contracts;

namespace Sensor.Ingest.Gaps;

/// <summary>
/// When what lacks of a run is asked for: half a minute after it was first seen, because a station sends by itself what was never receipted; then
/// after twice as long each time, at most an hour; and at once when its station is heard again after a silence. What comes begins the pauses anew.
/// </summary>
/// <remarks>Times are since some fixed moment, by a clock that is never set. Not thread-safe.</remarks>
internal sealed class RequestSchedule
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>After how long without a message a station counts as having been away.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>How many runs of one station are asked for at once.</summary>
    public const int MostAtOnce = 8;

    private readonly Dictionary<(string Station, LifeId Run), RunRequest> _requests = [];
    private readonly Dictionary<string, TimeSpan> _heard = new(StringComparer.Ordinal);

    /// <summary>What became of the requests for a run; null where nothing of it lacks.</summary>
    public RunRequest? Of(string station, LifeId run) => _requests.GetValueOrDefault((station, run));

    /// <summary>Takes what lacks now, by run.</summary>
    /// <param name="lacks">How many sequences lack of each run.</param>
    /// <param name="grace">How long what is new may wait.</param>
    /// <param name="now">The time.</param>
    public void Take(IReadOnlyDictionary<(string Station, LifeId Run), long> lacks, TimeSpan grace, TimeSpan now)
    {
        foreach (var filled in _requests.Keys.Where(run => !lacks.ContainsKey(run)).ToList())
        {
            _requests.Remove(filled);
        }

        foreach (var (run, lack) in lacks)
        {
            var request = _requests.GetValueOrDefault(run);
            _requests[run] = request is null ? new RunRequest(lack, now + grace, First)
                : lack < request.Lack ? request with { Lack = lack, Due = now + First, Pause = First, Unheeded = 0 }
                : request with { Lack = lack };
        }
    }

    /// <summary>Notes that a station was heard.</summary>
    public void Heard(string station, TimeSpan now)
    {
        var returned = !_heard.TryGetValue(station, out var last) || now - last > Silence;
        _heard[station] = now;
        foreach (var run in _requests.Keys.Where(run => run.Station == station).ToList())
        {
            var request = _requests[run] with { Heard = true };
            _requests[run] = returned && request.Asked > 0 ? request with { Due = now, Pause = First } : request;
        }
    }

    /// <summary>The runs that are to be asked for now.</summary>
    public IReadOnlyList<(string Station, LifeId Run)> Due(TimeSpan now) =>
        [.. _requests.Where(request => request.Value.Due <= now).GroupBy(request => request.Key.Station, StringComparer.Ordinal).SelectMany(station => station.OrderBy(request => request.Value.Due).Take(MostAtOnce)).Select(request => request.Key)];

    /// <summary>Notes that a run was asked for.</summary>
    public void Asked((string Station, LifeId Run) run, Instant wall, TimeSpan now)
    {
        var request = _requests[run];
        _requests[run] = request with
        {
            Asked = request.Asked + 1,
            AskedAt = wall,
            Due = now + request.Pause,
            Pause = TimeSpan.FromTicks(Math.Min(2 * request.Pause.Ticks, Longest.Ticks)),
            Unheeded = request is { Asked: > 0, Heard: true } ? request.Unheeded + 1 : request.Unheeded,
            Heard = false,
        };
    }
}

/// <summary>The requests for what lacks of a run.</summary>
/// <param name="Lack">How many sequences lack.</param>
/// <param name="Due">When it is asked for next.</param>
/// <param name="Pause">How long the pause after that is.</param>
internal sealed record RunRequest(long Lack, TimeSpan Due, TimeSpan Pause)
{
    /// <summary>How often it was asked for since the service began.</summary>
    public int Asked { get; init; }

    /// <summary>When it was asked for last, by the wall clock; null before the first time.</summary>
    public Instant? AskedAt { get; init; }

    /// <summary>Whether its station was heard since then.</summary>
    public bool Heard { get; init; }

    /// <summary>After how many requests the station was heard and nothing of it came.</summary>
    public int Unheeded { get; init; }
}
