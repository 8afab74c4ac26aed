using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>exceedingDays</c>: the number of days whose daily mean is above a limit (below it for dissolved oxygen), counted only in runs of at least so many
/// days one after the other, or the number of these runs. A day without a mean ends a run.
/// </summary>
internal sealed record ExceedingDaysMeasure(string Id, string Parameter, string Limit, Stated<int> RunOf, bool CountsRuns) : Measure(Id)
{
    public const string Word = "exceedingDays";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => [Limit];

    public override IReadOnlyList<string> NeedsAnywhere => [Parameter];

    public override LocalText Words => CountsRuns
        ? new($"the runs of {RunOf.Value} or more days on which the daily mean of {Symbols.Of(Parameter)} does not meet {Limit}", $"{Symbols.Of(Parameter)}日均值连续{RunOf.Value}天及以上未达到{Limit}的次数")
        : new(
            $"the days on which the daily mean of {Symbols.Of(Parameter)} does not meet {Limit}, in runs of {RunOf.Value} or more",
            $"{Symbols.Of(Parameter)}日均值连续{RunOf.Value}天及以上未达到{Limit}的天数");

    public static ExceedingDaysMeasure Read(string id, StrictObject json, AgreementContext context) => new(
        id, RuleReader.ReadParameter(json, context), context.ReadMeasure(json, "limit"), context.Stated.Whole(json, "runOf", 1, 366),
        json.Word("count", ["days", "runs"], "days") == "runs");

    public override Finding Of(Findings findings)
    {
        var (limit, lacking) = findings.All([Limit]);
        var unmet = Reasons.Distinct([.. lacking, .. CompletenessReasons.Of(findings.Scope, [Parameter])]);
        if (unmet.Count > 0)
        {
            return Finding.Unknown(unmet);
        }

        var lessIsWorse = Parameter == Contracts.ParameterCatalogue.DissolvedOxygen;
        var days = DailyMeans.Of(findings.Scope, Parameter).Where(d => lessIsWorse ? d.Value < limit![0] : d.Value > limit![0]).Select(d => d.Key).ToList();
        var runs = Runs(days).Where(r => r.Count >= RunOf.Value).ToList();
        return Finding.Known(Arithmetic.ExactDecimal.From(CountsRuns ? runs.Count : runs.Sum(r => r.Count)), new JsonObject
        {
            { "parameter", Parameter },
            { "exceedingDays", days.Count },
            { "runs", JsonList.Of(runs, r => new JsonObject { { "from", r[0].Iso() }, { "to", r[^1].Iso() }, { "days", r.Count } }) },
        });
    }

    private static IEnumerable<List<DateOnly>> Runs(IEnumerable<DateOnly> days)
    {
        List<DateOnly> run = [];
        foreach (var day in days)
        {
            if (run.Count > 0 && run[^1].AddDays(1) != day)
            {
                yield return run;
                run = [];
            }

            run.Add(day);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
