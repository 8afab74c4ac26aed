using Sensor.Compliance.Quality;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>A test and what of a file of observations it judges.</summary>
/// <param name="Name">Its name in the output.</param>
/// <param name="Test">The test with its parameters.</param>
/// <param name="Parameters">The parameters it judges.</param>
/// <param name="Sections">The sections it judges; empty for all.</param>
/// <param name="Partner">The parameter it compares with; null where it compares with none.</param>
/// <param name="Neighbour">The section it compares with; null for the same.</param>
/// <param name="Lag">How much earlier the neighbour saw the same water, in milliseconds.</param>
/// <param name="Within">How far from that moment the neighbour's value may lie, in milliseconds.</param>
internal sealed record ConfiguredTest(
    string Name, QualityTest Test, IReadOnlyList<string> Parameters, IReadOnlyList<string> Sections, string? Partner, string? Neighbour, long Lag, long Within)
{
    /// <summary>Whether the test judges a parameter at a section.</summary>
    public bool Judges(string section, string parameter) =>
        Parameters.Contains(parameter, StringComparer.Ordinal) && (Sections.Count == 0 || Sections.Contains(section, StringComparer.Ordinal));
}

/// <summary>Reads the configuration of <c>waterwatch qc</c>. docs/quality.md describes every member.</summary>
internal static class QualityConfiguration
{
    public const string Schema = "waterwatch/quality/1";

    private const long LongestLag = 31 * 86_400;

    /// <summary>What the tests that know their parameters judge and compare with.</summary>
    private static readonly Dictionary<string, (string Parameter, string? Partner)> Known = new(StringComparer.Ordinal)
    {
        ["ammonia_within_total_nitrogen"] = (ParameterCatalogue.AmmoniaNitrogen, ParameterCatalogue.TotalNitrogen),
        ["oxygen_saturation"] = (ParameterCatalogue.DissolvedOxygen, ParameterCatalogue.Temperature),
        ["conductivity_jump"] = ("w01014", null),
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or has mistakes; all of them are named.</exception>
    public static IReadOnlyList<ConfiguredTest> Read(string path) => QualityJson.Read(path, ["note"], Read);

    private static IReadOnlyList<ConfiguredTest> Read(StrictObject json)
    {
        json.OptionalText("note");
        json.Word("schema", [Schema]);
        return [.. json.Children("tests", 1).Select(ReadTest).OfType<ConfiguredTest>()];
    }

    private static ConfiguredTest? ReadTest(StrictObject json)
    {
        var name = json.OptionalText("name", n => n.Length <= 64, "a name of at most 64 characters");
        var sections = json.Texts("sections", 0, Names.IsSection, "a section's name");
        if (QualityTests.Read(json) is not { } test)
        {
            return null;
        }

        var parameters = ReadParameters(json, test);
        var neighbour = test is NeighbourTest ? json.Text("neighbour", Names.IsSection, "the neighbouring section's name") : null;
        if (neighbour is not null && (sections.Count == 0 || sections.Contains(neighbour, StringComparer.Ordinal)))
        {
            json.Problem("sections", "must name the sections to compare with the neighbour, and not the neighbour itself", "Name them");
        }

        var partner = Known.GetValueOrDefault(test.Name).Partner ?? (test is MultiVariateTest ? Code(json, "partner") : neighbour is null ? null : parameters[0]);
        var configured = new ConfiguredTest(
            name ?? test.Name, test, parameters, sections, partner, neighbour,
            neighbour is null ? 0 : 1000 * Seconds(json, "lag_s"), neighbour is null ? 0 : 1000 * Seconds(json, "within_s"));
        json.End();
        return configured;
    }

    private static IReadOnlyList<string> ReadParameters(StrictObject json, QualityTest test)
    {
        if (((test.Required | test.Optional) & (QualityInputs.Lines | QualityInputs.Positions)) != 0)
        {
            json.Problem("test", $"{test.Name} does not judge observations: they have no raw lines and no positions", "Remove it, and run it on cases");
            return [""];
        }

        return test is IdenticalVectorTest
            ? json.Texts("of", 2, IsCode, "the factor code of a known parameter")
            : Known.TryGetValue(test.Name, out var known) ? [known.Parameter] : [Code(json, "parameter")];
    }

    private static string Code(StrictObject json, string member) => json.Text(member, IsCode, "the factor code of a known parameter, such as w01019");

    private static bool IsCode(string text) => ParameterCatalogue.Find(text) is not null;

    private static long Seconds(StrictObject json, string member)
    {
        var text = json.OptionalText(member, t => IsSeconds(t, out _), $"whole seconds from 0 to {LongestLag}");
        return IsSeconds(text ?? "", out var seconds) ? seconds : 0;
    }

    private static bool IsSeconds(string text, out long seconds) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out seconds) && seconds <= LongestLag;
}
