using System.Text;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>What was recorded, as the position of the instrument keeps it: the latest DataTime, the gaps that are still to be asked for, and the keys of the latest 256 readings.</summary>
/// <remarks>
/// A logger repeats what it has no answer to under another QN, and sends kept data in other packets and with other fields than live data. So
/// each reading has a key of its own; late and corrected readings have other keys and are recorded.
/// </remarks>
internal sealed class Hj212Memory
{
    private const int Most = 256;
    private readonly string[] _keys;
    private readonly HashSet<string> _known;

    private Hj212Memory(string[] words)
    {
        Newest = words.Length > 0 && Instant.TryParse(words[0], out var newest) ? newest : null;
        Gaps = [.. words.Select(Hj212Gap.Parse).OfType<Hj212Gap>()];
        _keys = [.. words.Skip(1).Where(word => Hj212Gap.Parse(word) is null)];
        _known = _keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The latest DataTime, or null when nothing was recorded.</summary>
    public Instant? Newest { get; }

    /// <summary>The gaps that were open, oldest first.</summary>
    public IReadOnlyList<Hj212Gap> Gaps { get; }

    /// <summary>Reads a position; none remembers nothing.</summary>
    public static Hj212Memory Of(string? position) => new(position?.Split(' ') ?? []);

    /// <summary>A short digest of what a reading says of which time; how often, in which frame and with which other fields it is sent does not enter.</summary>
    public static string KeyOf(Instant dataTime, Reading reading) =>
        Digest.Of(Encoding.UTF8.GetBytes($"{dataTime};{reading.Parameter};{reading.SampledFrom};{reading.Value};{reading.Missing};{reading.Flag}")).ToString()[..12];

    public bool Holds(string key) => _known.Contains(key);

    /// <summary>The position after more readings.</summary>
    public string With(Instant dataTime, IReadOnlyList<string> keys, IEnumerable<Hj212Gap> gaps)
    {
        var newest = Newest is { } before && before > dataTime ? before : dataTime;
        return string.Join(' ', [newest.ToString(), .. gaps.Select(gap => gap.ToString()), .. _keys.Concat(keys).TakeLast(Math.Max(Most, keys.Count))]);
    }
}
