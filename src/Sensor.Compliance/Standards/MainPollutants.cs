using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The main pollutants of a section: of the indicators worse than class III the first three. Cyanide and heavy metals come first,
/// then the worse class, within a class the greater exceedance multiple. Source: 环办〔2011〕22号, 断面主要污染指标的确定.
/// </summary>
/// <remarks>
/// The document does not rank an indicator without a multiple (pH, dissolved oxygen) among others of its class: here it comes after them.
/// Equal multiples stand in the order of table 1.
/// </remarks>
public static class MainPollutants
{
    /// <summary>The most main pollutants of a section.</summary>
    public const int Most = 3;

    /// <summary>The main pollutants, most important first; none where every indicator meets class III.</summary>
    public static IReadOnlyList<MainPollutant> Of(AssessmentMethod method, IReadOnlyDictionary<string, ExactDecimal> values)
    {
        var candidates = AssessmentIndicators.Select(values)
            .Select(value => new Candidate(method, value.Key, value.Value))
            .Where(candidate => candidate.Class > WaterClass.III)
            .Order()
            .Take(Most);
        return [.. candidates.Select(c => new MainPollutant(c.Indicator, c.Class, ExceedanceMultiple.Of(c.Limits, c.Amount), c.IsPriority))];
    }

    private sealed class Candidate(AssessmentMethod method, string indicator, ExactDecimal value) : IComparable<Candidate>
    {
        public string Indicator { get; } = indicator;

        public ClassLimits Limits { get; } = method.Classes.LimitsOf(indicator)!;

        public ExactDecimal Amount { get; } = method.Assessed(indicator, value);

        public WaterClass Class { get; } = method.Classes.ClassOf(indicator, value)!.Value;

        public bool IsPriority { get; } = method.IsPriority(indicator);

        public int CompareTo(Candidate? other)
        {
            var order = other!.IsPriority.CompareTo(IsPriority);
            order = order != 0 ? order : other.Class.CompareTo(Class);
            order = order != 0 ? order : CompareMultiples(other);
            return order != 0 ? order : AssessmentIndicators.RowOf(Indicator).CompareTo(AssessmentIndicators.RowOf(other.Indicator));
        }

        private int CompareMultiples(Candidate other)
        {
            var (mine, others) = (ExceedanceMultiple.Exists(Limits), ExceedanceMultiple.Exists(other.Limits));
            return mine && others ? ExceedanceMultiple.Compare(other.Limits, other.Amount, Limits, Amount) : others.CompareTo(mine);
        }
    }
}
