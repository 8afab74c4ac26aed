using System.Globalization;
using System.Text;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Registry;

/// <summary>The registry as it stood at one moment.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class RegistrySnapshot
{
    private readonly Dictionary<Digest, (StationKey Entry, PublicKey Key)> _keys;
    private readonly ILookup<string, StationPlacement> _placements;

    // Placements come in the order in which they were entered: of two with one moment the later stands.
    public RegistrySnapshot(IReadOnlyList<StationPlacement> placements, IReadOnlyList<(StationKey Entry, PublicKey Key)> keys)
    {
        Placements = [.. placements
            .GroupBy(p => (p.Station, p.From)).Select(g => g.Last())
            .OrderBy(p => p.Station, StringComparer.Ordinal).ThenBy(p => p.From ?? new Instant(long.MinValue))];
        _placements = Placements.ToLookup(p => p.Station, StringComparer.Ordinal);
        _keys = keys.ToDictionary(k => k.Entry.KeyId);
        Text = Canonical();
        Digest = Digest.Of(Encoding.UTF8.GetBytes(Text));
    }

    /// <summary>Every placement, by station and moment.</summary>
    public IReadOnlyList<StationPlacement> Placements { get; }

    /// <summary>Every key.</summary>
    public IEnumerable<StationKey> Keys => _keys.Values.Select(k => k.Entry);

    /// <summary>The registry in its canonical form: one line for each entry, sorted, without who entered it and when.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of <see cref="Text"/>; a cut names it.</summary>
    public Digest Digest { get; }

    /// <summary>The key of a fingerprint, if it is enrolled.</summary>
    public bool TryFindKey(Digest keyId, out StationKey entry, out PublicKey key)
    {
        var found = _keys.TryGetValue(keyId, out var pair);
        (entry, key) = pair;
        return found;
    }

    /// <summary>The section at which a station stood at a moment; null where it stood at none.</summary>
    public string? SectionOf(string station, Instant moment) =>
        _placements[station].LastOrDefault(p => p.From is not { } from || from <= moment)?.Section;

    /// <summary>Whether a station was ever entered.</summary>
    public bool Knows(string station) => _placements.Contains(station);

    /// <summary>The stations that ever stood at a section.</summary>
    public IReadOnlyList<string> StationsAt(string section) =>
        [.. Placements.Where(p => p.Section == section).Select(p => p.Station).Distinct(StringComparer.Ordinal)];

    /// <summary>Who vouches for what the keys of a station sign; a device where it has none.</summary>
    public Trust TrustOf(string station) => Keys.FirstOrDefault(k => k.Station == station)?.Trust ?? Trust.Device;

    private string Canonical()
    {
        var lines = Placements.Select(p => string.Create(CultureInfo.InvariantCulture, $"section {p.Station} {p.From?.ToString() ?? "-"} {p.Section}"))
            .Concat(Keys.Select(k => $"key {k.Station} {k.KeyId}{(k.Trust == Trust.Attested ? " attested" : "")}"))
            .Concat(Keys.Where(k => k.RevokedAt is not null).Select(k => $"revoked {k.KeyId} {k.RevokedAt}"))
            .Order(StringComparer.Ordinal);
        return "waterwatch registry 1\n" + string.Concat(lines.Select(line => line + "\n"));
    }
}
