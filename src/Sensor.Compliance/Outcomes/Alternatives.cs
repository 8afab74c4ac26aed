using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Outcomes;

/// <summary>What the measurements would have come to under the other statistic and under the minimums that the agreement also shows.</summary>
internal static class Alternatives
{
    public static JsonList Of(WindowEvidence evidence)
    {
        var agreement = evidence.Agreement;
        var other = agreement.Statistic.Value == DecidingStatistic.MeanOfSamples ? DecidingStatistic.MeanOfMonthlyMeans : DecidingStatistic.MeanOfSamples;
        return new JsonList([
            Alternative(evidence, other, agreement.Completeness),
            .. agreement.AlsoShow.Select(minimum => Alternative(evidence, agreement.Statistic.Value, minimum))]);
    }

    private static JsonObject Alternative(WindowEvidence evidence, DecidingStatistic statistic, Completeness minimum)
    {
        var verdict = evidence.Decide(statistic, minimum);
        var months = new JsonObject();
        foreach (var parameter in evidence.Agreement.Rule.Parameters)
        {
            months.Add(parameter, verdict.Statistics[parameter].CountingMonths);
        }

        return new JsonObject
        {
            { "statistic", AgreementDocument.StatisticWords[(int)statistic] },
            { "completeness", Minimum(minimum) },
            { "countingMonths", months },
            { "verdict", verdict.ToSummary() },
        };
    }

    public static JsonObject Minimum(Completeness minimum) => new()
    {
        { "valuesPerDay", minimum.ValuesPerDay.Value },
        { "daysPerMonth", minimum.DaysPerMonth.Value.ToJson() },
        { "monthsPerWindow", minimum.MonthsPerWindow.Value },
    };
}
