using System.Text;
using System.Text.Unicode;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Cuts;

/// <summary>
/// The registry in the canonical form whose digest a cut names: which station stood at which section from when on, and which key signs for
/// which station. docs/evidence.md describes the form.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RegistryDocument
{
    private const string Heading = "waterwatch registry 1";

    private readonly Dictionary<string, List<(Instant? From, string Section)>> _placements = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, (string Station, Trust Trust)> _keys = [];
    private readonly Dictionary<Digest, Instant> _revoked = [];

    private RegistryDocument(Digest digest) => Digest = digest;

    /// <summary>SHA-256 of the exact bytes.</summary>
    public Digest Digest { get; }

    /// <summary>The keys that were revoked, with the moment from which newly arriving records under them were refused.</summary>
    public IReadOnlyDictionary<Digest, Instant> Revoked => _revoked;

    /// <summary>How many keys are enrolled.</summary>
    public int KeyCount => _keys.Count;

    /// <summary>Reads a registry.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="utf8">Its exact bytes.</param>
    /// <exception cref="DocumentException">It is not in the canonical form; the line is named.</exception>
    public static RegistryDocument Read(string name, ReadOnlySpan<byte> utf8)
    {
        var lines = Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8).Split('\n') : [];
        if (lines is not [Heading, .. var entries, ""])
        {
            throw Wrong(name, 1, $"a registry is UTF-8, begins with the line '{Heading}' and ends with a line end");
        }

        var registry = new RegistryDocument(Digest.Of(utf8));
        for (var i = 0; i < entries.Length; i++)
        {
            if (!registry.TryAdd(entries[i]) || (i > 0 && string.CompareOrdinal(entries[i - 1], entries[i]) >= 0))
            {
                throw Wrong(name, i + 2, "is not an entry of a registry, or does not stand in ordinal order without repeats");
            }
        }

        return registry;
    }

    /// <summary>The section at which a station stood at a moment; null where it stood at none.</summary>
    public string? SectionOf(string station, Instant moment) =>
        _placements.TryGetValue(station, out var placed) ? placed.LastOrDefault(p => p.From is not { } from || from <= moment).Section : null;

    /// <summary>Who vouches for what the keys of a station sign; a device where it has none.</summary>
    public Trust TrustOf(string station) => _keys.Values.FirstOrDefault(k => k.Station == station) is { Station: not null } key ? key.Trust : Trust.Device;

    /// <summary>The station for which a key signs; null where it is not enrolled.</summary>
    public string? StationOf(Digest keyId) => _keys.TryGetValue(keyId, out var key) ? key.Station : null;

    private bool TryAdd(string line) => line.Split(' ', 4) switch
    {
        ["section", var station, var from, var section] => Names.IsStation(station) && Names.IsSection(section) && TryAddPlacement(station, from, section),
        ["key", var station, var key] => TryAddKey(station, key, Trust.Device),
        ["key", var station, var key, "attested"] => TryAddKey(station, key, Trust.Attested),
        ["revoked", var key, var at] => TryDigest(key, out var id) && TryMoment(at, out var moment) && _revoked.TryAdd(id, moment),
        _ => false,
    };

    // The entries come in ordinal order, in which '-' stands before every year and years in their order: so placements come by time.
    private bool TryAddPlacement(string station, string from, string section)
    {
        var moment = default(Instant);
        var known = from != "-";
        if (known && !TryMoment(from, out moment))
        {
            return false;
        }

        _placements.TryAdd(station, []);
        _placements[station].Add((known ? moment : null, section));
        return true;
    }

    private bool TryAddKey(string station, string key, Trust trust) =>
        Names.IsStation(station) && TryDigest(key, out var id) && _keys.TryAdd(id, (station, trust));

    private static bool TryMoment(string text, out Instant moment) => Instant.TryParse(text, out moment) && moment.ToString() == text;

    private static bool TryDigest(string text, out Digest digest)
    {
        var formed = Digest.IsWritten(text);
        digest = formed ? Digest.Parse(text) : default;
        return formed;
    }

    private static DocumentException Wrong(string name, int line, string what) =>
        new(name, [new DocumentProblem($"line {line}", what, "Take the registry as the operator stated it, unchanged")]);
}
