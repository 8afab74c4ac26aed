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

    private static readonly Dictionary<string, ExactDecimal> NoUnit = [];

    public static JsonObject Of(WindowEvidence evidence, Verdict measured)
    {
        var withExcluded = evidence.WithExcluded();
        return new JsonObject
        {
            { "ifExcludedCounted", withExcluded is null ? null : evidence.Suppose(withExcluded).ToSummary() },
            { "ifMissingDaysBest", AtExtreme(evidence, best: true) },
            { "ifMissingDaysWorst", AtExtreme(evidence, best: false) },
            { "missingDays", MissingDays(evidence) },
            { "turningPoints", JsonList.Of(evidence.Agreement.Rule.TurningPoints(evidence.Measured), t => TurningPoint(evidence, measured, t)) },
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
        var quantity = measured.Rule is null ? null : point.Quantity(evidence.Measured);
        var factor = point.Unit is null ? null : BreakEven(evidence, point, point.Unit);
        var means = new JsonObject();
        foreach (var (parameter, unit) in (point.Unit ?? NoUnit).OrderBy(u => u.Key, StringComparer.Ordinal))
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
        }.With("measure", point.Measure is { } measure ? new JsonText(measure) : null);
    }

    /// <summary>
    /// How many units every missing day must have for the quantity to equal the limit. The quantity is a + b × factor; a and b come from
    /// two computations, with the missing days at 0 and at 1 unit.
    /// </summary>
    private static ExactDecimal? BreakEven(WindowEvidence evidence, TurningPoint point, IReadOnlyDictionary<string, ExactDecimal> unit)
    {
        var atZero = QuantityWith(evidence, point, unit, ExactDecimal.Zero);
        var slope = QuantityWith(evidence, point, unit, ExactDecimal.One) - atZero;
        return slope is { Sign: not 0 } ? ExactDecimal.Quotient(point.Limit - atZero!.Value, slope.Value) : null;
    }

    private static ExactDecimal? QuantityWith(WindowEvidence evidence, TurningPoint point, IReadOnlyDictionary<string, ExactDecimal> unit, ExactDecimal factor) =>
        point.Quantity(evidence.Supposed(evidence.Usable.ToDictionary(
            v => v.Key, v => unit.TryGetValue(v.Key, out var one) ? Fill(evidence, v.Key, factor * one) : v.Value, StringComparer.Ordinal)));
}
