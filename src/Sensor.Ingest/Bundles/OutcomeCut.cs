using System.Text.Json;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Ingest.Bundles;

/// <summary>What an issued outcome says about the data on which it rests.</summary>
/// <param name="Registry">The digest of the registry.</param>
/// <param name="Determinations">The digest of the determinations; null where there were none.</param>
/// <param name="AsOf">The moment as of which it was decided.</param>
/// <param name="Stations">The last record of each run.</param>
/// <param name="Samples">The digests of the files of joint samples.</param>
internal sealed record OutcomeCut(Digest Registry, Digest? Determinations, Instant AsOf, IReadOnlyList<CutStation> Stations, IReadOnlySet<Digest> Samples)
{
    /// <summary>Reads the cut of a document that this program wrote.</summary>
    public static OutcomeCut Read(byte[] document)
    {
        using var json = JsonDocument.Parse(document);
        var cut = json.RootElement.GetProperty("cut");
        var determinations = cut.GetProperty("determinations").GetString();
        return Instant.TryParse(cut.GetProperty("asOf").GetString() ?? "", out var asOf) && cut.GetProperty("registry").GetString() is { } registry
            ? new OutcomeCut(Digest.Parse(registry), determinations is null ? null : Digest.Parse(determinations), asOf, [.. cut.GetProperty("stations").EnumerateArray().Select(Station)], SamplesOf(cut))
            : throw new ArgumentException("The outcome does not name a registry and a moment; it was not issued by an ingest.");
    }

    private static HashSet<Digest> SamplesOf(JsonElement cut) =>
        cut.TryGetProperty("samples", out var samples) ? [.. samples.EnumerateArray().Select(s => Digest.Parse(s.GetProperty("sha256").GetString()!))] : [];

    private static CutStation Station(JsonElement json) => new(
        json.GetProperty("station").GetString()!, LifeId.Parse(json.GetProperty("run").GetString()!), json.GetProperty("sequence").GetInt64(), Digest.Parse(json.GetProperty("digest").GetString()!));
}
