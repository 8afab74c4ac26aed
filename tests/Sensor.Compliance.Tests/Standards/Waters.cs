using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Tests.Standards;

/// <summary>Generators of sections and rivers whose values lie around the limits of table 1.</summary>
internal static class Waters
{
    private const string PH = "w01001";

    /// <summary>An indicator of which more, or of oxygen less, is worse: all but pH.</summary>
    public static Gen<string> Indicator { get; } = Gen.OneOfConst([.. AssessmentIndicators.All.Where(p => p != PH)]);

    /// <summary>
    /// A section with the five required indicators and some others, each from 0 to the same part, 0.05 to 1.5 times, of its limit of class V,
    /// oxygen from 10 mg/L down; so sections of every class come about.
    /// </summary>
    public static Gen<IReadOnlyDictionary<string, ExactDecimal>> Section { get; } = Gen.Int[5, 150].SelectMany(most =>
        Gen.Select(Gen.Int[0, most].Array[21], Gen.Bool.Array[21], Gen.Int[595, 905])).Select(IReadOnlyDictionary<string, ExactDecimal> (s) => Make(s.Item1, s.Item2, s.Item3));

    /// <summary>Sections by name, 1 to 9 of them.</summary>
    public static Gen<IReadOnlyDictionary<string, IReadOnlyDictionary<string, ExactDecimal>>> River { get; } = Section.List[1, 9].Select(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, ExactDecimal>> (sections) =>
            sections.Index().ToDictionary(s => $"section {s.Index}", s => s.Item, StringComparer.Ordinal));

    /// <summary>The same section with one indicator worse by an amount; where it was not measured, as bad as the amount.</summary>
    public static IReadOnlyDictionary<string, ExactDecimal> Worsen(IReadOnlyDictionary<string, ExactDecimal> values, string indicator, ExactDecimal amount)
    {
        var oxygen = Gb3838.Limits(indicator, WaterBody.River)!.IsMinimum;
        return new Dictionary<string, ExactDecimal>(values, StringComparer.Ordinal)
        {
            [indicator] = values.TryGetValue(indicator, out var value) ? (oxygen ? value - amount : value + amount) : amount,
        };
    }

    private static Dictionary<string, ExactDecimal> Make(int[] percents, bool[] present, int pH)
    {
        var values = new Dictionary<string, ExactDecimal>(StringComparer.Ordinal);
        foreach (var (row, indicator) in AssessmentIndicators.All.Index())
        {
            if (present[row] || ClassificationRule.DefaultRequired.Contains(indicator))
            {
                var limits = Gb3838.Limits(indicator, WaterBody.River)!;
                values[indicator] = limits.IsMinimum ? new ExactDecimal(1000 - (6 * percents[row]), 2) : limits.Limit(WaterClass.V) * new ExactDecimal(percents[row], 2);
            }
        }

        values[PH] = new ExactDecimal(pH, 2);
        return values;
    }
}
