using System.Text;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

/// <summary>
/// A folder under tests/cases/assessments: agreement.json and observations.csv (or case.json, which names them by their path from the root),
/// agreement-1.json, agreement-2.json and so on where it was amended, optionally checks.csv and determinations.json, and expected.json with the members of the outcomes that matter to
/// the case, optionally clearing.json with those of the clearings.
/// </summary>
internal sealed record AssessmentCase(string Name, AgreementHistory History, AssessmentInput Input, string Expected, string? ExpectedClearing)
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Repository.PathOf("tests/cases/assessments")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static AssessmentCase Read(string name)
    {
        var folder = $"tests/cases/assessments/{name}/";
        var observations = Named(folder, "observations") ?? folder + "observations.csv";
        var determinations = folder + "determinations.json";
        var checks = folder + "checks.csv";
        var csv = Bytes(observations);
        return new AssessmentCase(
            name,
            AgreementHistory.Of(Agreements(folder).Select(path => AgreementDocument.Read(path, Bytes(path)))),
            new AssessmentInput
            {
                Observations = Observations(Encoding.UTF8.GetString(csv)),
                Checks = File.Exists(Repository.PathOf(checks)) ? Checks(Encoding.UTF8.GetString(Bytes(checks))) : [],
                Determinations = File.Exists(Repository.PathOf(determinations)) ? Determinations.Read(determinations, Bytes(determinations)) : null,
                Cut = new Cut { Observations = Digest.Of(csv) },
            },
            Encoding.UTF8.GetString(Bytes(folder + "expected.json")),
            File.Exists(Repository.PathOf(folder + "clearing.json")) ? Encoding.UTF8.GetString(Bytes(folder + "clearing.json")) : null);
    }

    public Agreement Agreement => History.Latest;

    public IReadOnlyList<Outcome> Assess() => Assessment.Assess(History, Input);

    public static IReadOnlyList<Observation> Observations(string csv) => [.. ObservationCsv.Read(new StringReader(csv)).Select(l => l.ToObservation())];

    public static IReadOnlyList<InstrumentCheck> Checks(string csv) => [.. CheckCsv.Read(new StringReader(csv)).Select(l => l.ToCheck())];

    public static byte[] Bytes(string path) => File.ReadAllBytes(Repository.PathOf(path));

    private static IEnumerable<string> Agreements(string folder) => Named(folder, "agreement") is { } named
        ? [named]
        : Directory.GetFiles(Repository.PathOf(folder), "agreement*.json").Select(path => folder + Path.GetFileName(path));

    private static string? Named(string folder, string member)
    {
        if (!File.Exists(Repository.PathOf(folder + "case.json")))
        {
            return null;
        }

        using var json = JsonDocument.Parse(Bytes(folder + "case.json"));
        return json.RootElement.GetProperty(member).GetString();
    }
}
