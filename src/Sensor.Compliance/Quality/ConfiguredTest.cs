using System.Globalization;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>A test and which points it judges. docs/quality.md describes every member.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">Its name in results.</param>
/// <param name="Test">The test with its parameters.</param>
/// <param name="Parameters">The parameters it judges.</param>
/// <param name="Sections">The sections it judges; empty for all.</param>
/// <param name="Series">The stations or sources it judges; empty for all.</param>
/// <param name="Partner">The parameter it compares with; null where it compares with none.</param>
/// <param name="Neighbour">The section it compares with; null for the same.</param>
/// <param name="Lag">How much earlier the neighbour saw the same water, in milliseconds.</param>
/// <param name="Within">How far from that moment the neighbour's value may lie, in milliseconds.</param>
public sealed record ConfiguredTest(
    string Name, QualityTest Test, IReadOnlyList<string> Parameters, IReadOnlyList<string> Sections, IReadOnlyList<string> Series, string? Partner, string? Neighbour, long Lag, long Within)
{
    private const long LongestLag = 31 * 86_400;

    /// <summary>What the tests that know their parameters judge and compare with.</summary>
    private static readonly Dictionary<string, (string Parameter, string? Partner)> Known = new(StringComparer.Ordinal)
    {
        ["ammonia_within_total_nitrogen"] = (ParameterCatalogue.AmmoniaNitrogen, ParameterCatalogue.TotalNitrogen),
        ["oxygen_saturation"] = (ParameterCatalogue.DissolvedOxygen, ParameterCatalogue.Temperature),
        ["conductivity_jump"] = ("w01014", null),
    };

    /// <summary>Whether the test judges a point.</summary>
    public bool Judges(QualityPoint point) => Parameters.Contains(point.Parameter, StringComparer.Ordinal)
        && (Sections.Count == 0 || Sections.Contains(point.Section, StringComparer.Ordinal)) && (Series.Count == 0 || Series.Contains(point.Series, StringComparer.Ordinal));

    /// <summary>Reads one; the caller ends the object.</summary>
    /// <param name="json">The object; numbers in it are texts of their digits.</param>
    /// <returns>The test, or null where its name is a mistake.</returns>
    public static ConfiguredTest? Read(StrictObject json)
    {
        var name = json.OptionalText("name", n => n.Length <= 64, "a name of at most 64 characters");
        var sections = json.Texts("sections", 0, Names.IsSection, "a section's name");
        var series = json.Texts("series", 0, t => t.Length is > 0 and <= 64, "a station id or source");
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
        return new ConfiguredTest(
            name ?? test.Name, test, parameters, sections, series, partner, neighbour,
            neighbour is null ? 0 : 1000 * Seconds(json, "lag_s"), neighbour is null ? 0 : 1000 * Seconds(json, "within_s"));
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
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= LongestLag;
}
