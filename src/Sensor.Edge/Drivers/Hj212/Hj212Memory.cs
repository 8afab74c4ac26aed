using Sensor.Contracts;
using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Which data were recorded last, as the position of the instrument keeps it: the last DataTime and the digests of the latest 32 messages.</summary>
/// <remarks>
/// A logger repeats what it has no answer to, under another QN. Packets of one DataTime, late data and corrected data have other digests and
/// are records of their own.
/// </remarks>
internal sealed class Hj212Memory
{
    private const int Most = 32;
    private readonly string[] _digests;

    private Hj212Memory(IEnumerable<string> digests) => _digests = [.. digests];

    /// <summary>Reads a position; none, or one of another driver, remembers nothing.</summary>
    public static Hj212Memory Of(string? position) => new(position?.Split(' ')[1..] ?? []);

    /// <summary>A short digest of what the message says; how often and under which QN it is sent does not enter.</summary>
    public static string DigestOf(Hj212Message message) =>
        Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{message.Station};{message.Command};{string.Join(';', message.Items)}")).ToString()[..16];

    public bool Holds(string digest) => _digests.Contains(digest, StringComparer.Ordinal);

    /// <summary>The position after one more message.</summary>
    public string With(Instant dataTime, string digest) => string.Join(' ', [dataTime.ToString(), .. _digests.Append(digest).TakeLast(Most)]);
}
