using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>
/// Writes every step between readings and verdict. It holds nothing about runs, records, keys or arrival, so that the same water gives the
/// same trace.
/// </summary>
internal static class Trace
{
    public static JsonObject Of(WindowEvidence evidence, Verdict measured) => new JsonObject
    {
        { "semantics", Semantics.Version },
        { "settings", Settings(evidence.Agreement) },
        { "parameters", JsonList.Of(evidence.Agreement.Parameters, p => ParameterMembers(evidence.Agreement, p, measured.Statistics[p.Code])) },
        { "completeness", Completeness(evidence, measured) },
        { "rule", measured.Rule?.Steps },
        { "measured", measured.Result.Word() },
        { "alternatives", Alternatives.Of(evidence) },
        { "readings", ReadingsTrace.Used(evidence) },
        { "excluded", ReadingsTrace.Excluded(evidence) },
        { "revisions", ReadingsTrace.Revisions(evidence) },
        { "determinations", JsonList.Of(evidence.Determinations, d => DeterminationMembers(evidence, d)) },
    }
    .With("substitutions", SourcesTrace.Substitutions(evidence))
    .With("jointSamples", SourcesTrace.JointSamples(evidence))
    .With("limits", LimitReasons.Trace(evidence))
    .With("time", TimeTrace.Of(evidence))
    .With("checks", ChecksTrace.Of(evidence))
    .With("quality", QualityTrace.Of(evidence));

    private static JsonObject Settings(Agreement agreement) => new JsonObject
    {
        { "statistic", AgreementDocument.StatisticWords[(int)agreement.Statistic.Value] },
        { "completeness", Alternatives.Minimum(agreement.Completeness) },
        { "series", JsonList.Of(agreement.Data.Series, s => s) },
        { "trust", JsonList.Of(agreement.Data.Trust, t => DataRules.TrustWords[(int)t]) },
        { "flags", DataRules.FlagWords[(int)agreement.Data.Flags] },
        { "belowDetection", DataRules.BelowDetectionWords[(int)agreement.Data.BelowDetection] },
        { "closeDays", agreement.CloseDays.Value },
    }
    .With("sources", SourcesTrace.Sources(agreement))
    .With("substitute", SourcesTrace.Substitute(agreement))
    .With("time", TimeTrace.Settings(agreement))
    .With("checks", ChecksTrace.Settings(agreement))
    .With("quality", QualityTrace.Settings(agreement));

    private static JsonObject ParameterMembers(Agreement agreement, AgreedParameter parameter, ParameterStatistics statistics) => new()
    {
        { "parameter", parameter.Code },
        { "symbol", parameter.Symbol },
        { "unit", parameter.Unit },
        { "decides", agreement.Rule.Parameters.Contains(parameter.Code) },
        { "count", statistics.Count },
        { "sum", parameter.IsPH ? null : statistics.Sum.ToString() },
        { "meanOfSamples", statistics.MeanOfSamples?.ToString() },
        { "meanOfMonthlyMeans", statistics.MeanOfMonthlyMeans?.ToString() },
        { "deciding", statistics.Mean(agreement.Statistic.Value)?.ToString() },
        { "months", JsonList.Of(statistics.Months, m => MonthMembers(parameter, m)) },
    };

    private static JsonObject MonthMembers(AgreedParameter parameter, MonthStatistics month) => new()
    {
        { "month", month.Period.Label },
        { "daysOfMonth", month.Period.Days },
        { "daysNeeded", month.DaysNeeded },
        { "days", month.Days },
        { "count", month.Values },
        { "sum", parameter.IsPH ? null : month.Sum.ToString() },
        { "mean", month.Mean?.ToString() },
        { "counts", month.Counts },
    };

    private static JsonObject Completeness(WindowEvidence evidence, Verdict measured)
    {
        var (plan, months) = (evidence.Agreement.Windows, evidence.Window.Periods().Count());
        var counting = new JsonObject();
        foreach (var parameter in evidence.Agreement.Rule.Parameters)
        {
            counting.Add(parameter, measured.Statistics[parameter].CountingMonths);
        }

        return new JsonObject
        {
            { "countingMonths", counting },
            { "monthsNeeded", evidence.Agreement.Completeness.MonthsNeeded(plan, months) },
            { "monthsOfWindow", months },
            { "met", measured.Result != OutcomeResult.Indeterminate },
        };
    }

    private static JsonObject DeterminationMembers(WindowEvidence evidence, Determination d) => new JsonObject
    {
        { "id", d.Id },
        { "kind", Determination.KindWords[(int)d.Kind] },
        { "from", evidence.Window.Offset.Format(d.From) },
        { "to", evidence.Window.Offset.Format(d.To) },
        { "parameters", JsonList.Of(d.Parameters, p => p) },
        { "reason", new JsonObject { { "code", d.ReasonCode }, { "en", d.Reason.En }, { "zh", d.Reason.Zh } } },
        { "document", d.Document },
        { "decidedBy", JsonList.Of(d.DecidedBy, p => p) },
        { "applied", IsApplied(evidence, d) },
    }
    .With("source", d.Source is { } source ? new JsonText(source) : null)
    .With("use", d.Use is { } use ? new JsonText(use) : null);

    private static bool IsApplied(WindowEvidence evidence, Determination d) => d.Kind switch
    {
        DeterminationKind.Exempt => d.Covers(evidence.Window),
        DeterminationKind.Confirm => evidence.Shares.Any(s => s.Confirming.Contains(d)) || evidence.Selection.Quality?.Findings.Any(f => f.ConfirmedBy == d.Id) == true
            || evidence.Selection.Checks?.Readings.Any(r => r.ConfirmedBy == d.Id) == true || evidence.Selection.Time?.Readings.Any(r => r.ConfirmedBy == d.Id) == true,
        DeterminationKind.Substitute => evidence.Selection.Substitutions.Any(s => s.DeterminationId == d.Id),
        DeterminationKind.AcceptSample => evidence.Selection.Samples.Any(s => s.DeterminationId == d.Id),
        _ => true,
    };
}
