using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Bundles;

/// <summary>The outcome of a bundle with what its cut says.</summary>
/// <param name="Document">The outcome.</param>
/// <param name="AsOf">The moment as of which it was decided.</param>
/// <param name="Cut">The last record of each run.</param>
/// <param name="Samples">The digests of the files of joint samples.</param>
internal sealed record BundledOutcome(OutcomeDocument Document, Instant AsOf, IReadOnlyList<CutStation> Cut, IReadOnlyList<Digest> Samples)
{
    /// <summary>Reads the outcome.</summary>
    /// <exception cref="BundleFault">It is not the one that the manifest announces, or no operator issues one like it.</exception>
    /// <exception cref="DocumentException">It is not an outcome.</exception>
    public static BundledOutcome Read(ReadOnlyMemory<byte> bytes, BundleManifest manifest)
    {
        var document = OutcomeDocument.Read(BundleNames.Outcome, bytes.Span) is [var one] ? one : throw new BundleFault($"{BundleNames.Outcome} does not hold one outcome");
        BundleFault.Unless(
            (document.Agreement, document.Section, document.Window) == (manifest.Agreement, manifest.Section, manifest.Window),
            $"the outcome is of {document.Agreement}, {document.Section}, {document.Window}; the manifest announces {manifest.Agreement}, {manifest.Section}, {manifest.Window}");
        BundleFault.Unless(document.Semantics == Semantics.Version, $"the outcome was computed by semantics version {document.Semantics}; this program knows {Semantics.Version}");
        Instant asOf = default;
        BundleFault.Unless(document.AsOf is { } text && Instant.TryParse(text, out asOf), "the outcome does not name the moment as of which it was decided");
        var problems = new List<DocumentProblem>();
        var cut = ItemReader.Of(document.Json, "", problems).Child("cut");
        var stations = cut.Children("stations")
            .Select(s => new CutStation(s.Text("station"), ReadLife(s.Text("run"), problems), s.Whole("sequence"), BundleManifest.ReadDigest(s, "digest", problems))).ToList();
        IReadOnlyList<Digest> samples = document.Json.Find("cut") is JsonObject json && json.Find("samples") is not null ? [.. cut.Children("samples").Select(s => BundleManifest.ReadDigest(s, "sha256", problems))] : [];
        BundleFault.Unless(problems.Count == 0, string.Join(' ', problems));
        BundleFault.Unless(stations.DistinctBy(s => (s.Station, s.Run)).Count() == stations.Count, "the cut of the outcome names a run twice");
        return new BundledOutcome(document, asOf, stations, samples);
    }

    /// <summary>What it says.</summary>
    public string Words => $"{Document.State}, {Document.Result}{(Document.Tier is { } tier ? $" (tier {tier})" : "")}: {Payment}";

    private string Payment => Document.Json.Find("payments") is JsonList { Items.Count: > 0 } several && Document.Pays is null
        ? $"{several.Items.Count} payments between the parties"
        : Document.Pays is { } pays ? $"{pays.Payer} pays {pays.Payee} {pays.Amount} {pays.Currency}" : "nobody pays";

    private static LifeId ReadLife(string text, List<DocumentProblem> problems)
    {
        if (LifeId.IsWritten(text))
        {
            return LifeId.Parse(text);
        }

        problems.Add(new DocumentProblem("cut.stations", $"'{text}' is not a run", "Give 32 lower-case hexadecimal digits"));
        return default;
    }
}
