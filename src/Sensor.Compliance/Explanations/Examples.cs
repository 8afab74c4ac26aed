using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Compliance.Explanations;

/// <summary>Makes the windows of which examples are computed.</summary>
internal static class Examples
{
    private static readonly ExactDecimal Neutral = ExactDecimal.From(7);
    private static readonly string[] Multiples = ["0.5", "0.9", "1", "1.1", "1.5", "2.5", "4"];

    /// <summary>Every parameter at the limit of each class of GB 3838-2002 in turn, and beyond the last.</summary>
    public static IEnumerable<Example> ByClass(AgreedSection section, IReadOnlyList<string> parameters)
    {
        for (var number = WaterClass.I; number <= WaterClass.V; number++)
        {
            var at = parameters.ToDictionary(p => p, p => p == ParameterCatalogue.PH ? Neutral : Gb3838.Limits(p, section.WaterBody)!.Limit(number), StringComparer.Ordinal);
            yield return new Example(new($"every mean at its limit of class {number.Name()}", $"各指标均值等于{number.NameZh()}类限值"), at, at);
        }

        var beyond = parameters.ToDictionary(p => p, p => Times(p, Base(section, p, WaterClass.V), ExactDecimal.Parse("1.1")), StringComparer.Ordinal);
        yield return new Example(new("every mean 1.1 times worse than its limit of class V", "各指标均值劣于Ⅴ类限值1.1倍"), beyond, beyond);
    }

    /// <summary>
    /// Every parameter at several multiples of a base, its limit of class III where it has one, else 1, while what is compared with stays at the base; and once
    /// with what is compared with at twice the base.
    /// </summary>
    public static IEnumerable<Example> ByMultiple(AgreedSection section, IReadOnlyList<string> parameters)
    {
        Dictionary<string, ExactDecimal> At(ExactDecimal multiple) =>
            parameters.ToDictionary(p => p, p => Times(p, Base(section, p, WaterClass.III), multiple), StringComparer.Ordinal);

        foreach (var multiple in Multiples)
        {
            yield return new Example(
                new($"every mean at {multiple} of its base, elsewhere and before at 1", $"各指标均值为基数的{multiple}倍，其他断面与时段为1倍"), At(ExactDecimal.Parse(multiple)), At(ExactDecimal.One));
        }

        yield return new Example(
            new("every mean at 1.5 of its base, elsewhere and before at 2", "各指标均值为基数的1.5倍，其他断面与时段为2倍"), At(ExactDecimal.Parse("1.5")), At(ExactDecimal.From(2)));
    }

    /// <summary>What <see cref="ByMultiple"/> multiplies.</summary>
    public static ExactDecimal Base(AgreedSection section, string parameter, WaterClass waterClass) =>
        parameter == ParameterCatalogue.PH ? Neutral : Gb3838.Limits(parameter, section.WaterBody)?.Limit(waterClass) ?? ExactDecimal.One;

    /// <summary>So many times worse: for oxygen less is worse; pH stays neutral.</summary>
    private static ExactDecimal Times(string parameter, ExactDecimal amount, ExactDecimal multiple) => parameter switch
    {
        ParameterCatalogue.PH => amount,
        ParameterCatalogue.DissolvedOxygen => ExactDecimal.Quotient(amount, multiple),
        _ => amount * multiple,
    };
}
