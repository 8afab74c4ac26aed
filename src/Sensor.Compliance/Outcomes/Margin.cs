using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>How far a verdict is from turning, by what was excluded and by what was never measured. docs/agreements.md defines each number.</summary>
internal static class Margin
{
    /// <summary>Break-even numbers decide nothing; they are shown to so many decimals, far inside the digits that two roundings can touch.</summary>
    private const int BreakEvenDecimals = 12;

    public static JsonObject Of(WindowEvidence evidence, Verdict measured)
    {
        var withExcluded = evidence.WithExcluded();
        return new JsonObject
        {
            { "ifExcludedCounted", withExcluded is null ? null : evidence.Suppose(withExcluded).ToSummary() },
            { "ifMissingDaysBest", AtExtreme(evidence, best: true) },
            { "ifMissingDaysWorst", AtExtreme(evidence, best: false) },
            { "missingDays", MissingDays(evidence) },
            { "turningPoints", JsonList.Of(evidence.Agreement.Rule.TurningPoints(evidence.Section), t => TurningPoint(evidence, measured, t)) },
        };
    }

    private static JsonObject? AtExtreme(WindowEvidence evidence, bool best)
    {
        if (evidence.Agreement.Rule.Parameters.Any(p => !evidence.Usable[p].All.Any()))
        {
            return null;
        }

        return evidence.Suppose(evidence.Usable.ToDictionary(
            v => v.Key,
            v => v.Value.All.Any() ? Fill(evidence, v.Key, Extreme(v.Key, v.Value.All, best)) : v.Value,
            StringComparer.Ordinal)).ToSummary();
    }

    /// <summary>The best or worst amount that was observed: for oxygen more is better, for pH nearer to 7, for all others less.</summary>
    private static ExactDecimal Extreme(string parameter, IEnumerable<ExactDecimal> observed, bool best)
    {
        var fromBest = parameter switch
        {
            ParameterCatalogue.DissolvedOxygen => observed.OrderDescending(),
            ParameterCatalogue.PH => observed.OrderBy(v => (v - ExactDecimal.From(7)).Abs()).ThenBy(v => v),
            _ => observed.Order(),
        };
        return best ? fromBest.First() : fromBest.Last();
    }

    private static DailyValues Fill(WindowEvidence evidence, string parameter, ExactDecimal fill) => evidence.Usable[parameter].Filled(
        evidence.Window.From, evidence.Window.To, evidence.Agreement.Completeness.ValuesPerDay.Value, fill);

    private static JsonObject MissingDays(WindowEvidence evidence)
    {
        var days = new JsonObject();
        foreach (var parameter in evidence.Agreement.Rule.Parameters)
        {
            days.Add(parameter, evidence.Usable[parameter].MissingDays(
                evidence.Window.From, evidence.Window.To, evidence.Agreement.Completeness.ValuesPerDay.Value));
        }

        return days;
    }

    private static JsonObject TurningPoint(WindowEvidence evidence, Verdict measured, TurningPoint point)
    {
        var quantity = measured.Rule is null ? (ExactDecimal?)null : point.Quantity(Means(evidence, measured.Statistics));
        var factor = BreakEven(evidence, point);
        var means = new JsonObject();
        foreach (var (parameter, unit) in point.Unit.OrderBy(u => u.Key, StringComparer.Ordinal))
        {
            means.Add(parameter, factor is { } f ? (f * unit).RoundHalfEven(BreakEvenDecimals).ToString() : null);
        }

        return new JsonObject
        {
            { "tier", point.TierId },
            { "parameter", point.Parameter },
            { "limit", point.Limit.ToString() },
            { "value", quantity?.ToString() },
            { "room", quantity is { } q ? (point.LowerIsBetter ? point.Limit - q : q - point.Limit).ToString() : null },
            { "missingDaysFactor", point.Parameter is null ? factor?.RoundHalfEven(BreakEvenDecimals).ToString() : null },
            { "missingDaysMeans", means },
        };
    }

    /// <summary>
    /// How many units every missing day must have for the quantity to equal the limit. The quantity is a + b × factor; a and b come from
    /// two computations, with the missing days at 0 and at 1 unit.
    /// </summary>
    private static ExactDecimal? BreakEven(WindowEvidence evidence, TurningPoint point)
    {
        var atZero = QuantityWith(evidence, point, ExactDecimal.Zero);
        var slope = QuantityWith(evidence, point, ExactDecimal.One) - atZero;
        return slope.Sign == 0 ? null : ExactDecimal.Quotient(point.Limit - atZero, slope);
    }

    private static ExactDecimal QuantityWith(WindowEvidence evidence, TurningPoint point, ExactDecimal factor)
    {
        var statistics = evidence.Agreement.Parameters.Where(p => point.Unit.ContainsKey(p.Code)).ToDictionary(
            p => p.Code,
            p => ParameterStatistics.Of(p, Fill(evidence, p.Code, factor * point.Unit[p.Code]), evidence.Window, evidence.Agreement.Completeness),
            StringComparer.Ordinal);
        return point.Quantity(Means(evidence, statistics));
    }

    private static Dictionary<string, ExactDecimal> Means(WindowEvidence evidence, IReadOnlyDictionary<string, ParameterStatistics> statistics) =>
        evidence.Agreement.Rule.Parameters
            .Where(p => statistics.TryGetValue(p, out var s) && s.Mean(evidence.Agreement.Statistic.Value) is not null)
            .ToDictionary(p => p, p => statistics[p].Mean(evidence.Agreement.Statistic.Value)!.Value, StringComparer.Ordinal);
}
