using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>The steps from the standing observations of one section and window to its outcome.</summary>
internal static class WindowAssessment
{
    public static Outcome Of(Agreement agreement, AssessmentInput input, WindowEvidence evidence)
    {
        var measured = evidence.Decide(agreement.Statistic.Value, agreement.Completeness);
        var decided = Override(evidence, measured);
        var state = State(agreement, input, evidence.Window);
        var json = OutcomeJson.Of(evidence, input, state, decided, measured);
        return new Outcome(json)
        {
            Agreement = agreement,
            Section = evidence.Section.Section,
            Window = evidence.Window,
            State = state,
            Result = decided.Result,
            Reasons = decided.Reasons,
            Tier = decided.Tier,
            Dues = decided.Dues,
            Index = measured.Rule?.Index,
            WaterClass = measured.Rule?.WaterClass,
        };
    }

    /// <summary>An accident makes the window fail; else an exemption of the whole window exempts it; else an exceeded limit blocks it; else the measurements decide.</summary>
    private static Decision Override(WindowEvidence evidence, Verdict measured)
    {
        var accidents = evidence.Determinations.Where(d => d.Kind == DeterminationKind.Accident).ToList();
        if (accidents.Count > 0)
        {
            var tier = evidence.Agreement.Rule.Missed;
            return new Decision(OutcomeResult.Fail, [.. accidents.Select(d => Because("accident", d))], tier.Id, tier.Dues);
        }

        var exemptions = evidence.Determinations.Where(d => d.Kind == DeterminationKind.Exempt && d.Covers(evidence.Window)).ToList();
        return exemptions.Count > 0
            ? new Decision(OutcomeResult.Exempt, [.. exemptions.Select(d => Because("exempt", d))], null, [])
            : Measured(evidence, measured);
    }

    private static Decision Measured(WindowEvidence evidence, Verdict measured)
    {
        var blocking = LimitReasons.Of(evidence);
        return measured.Result == OutcomeResult.Indeterminate
            ? new Decision(measured.Result, [.. measured.Reasons, .. NoWater(evidence), .. ReserveReason.Of(evidence, measured), .. blocking], null, [])
            : blocking.Count > 0
                ? new Decision(OutcomeResult.Indeterminate, blocking, null, [])
                : new Decision(measured.Result, measured.Reasons, measured.Tier, measured.Dues);
    }

    private static Reason Because(string code, Determination d) => new(
        code, d.Reason.En, d.Reason.Zh, new JsonObject { { "determination", d.Id }, { "reason", d.ReasonCode }, { "document", d.Document } });

    private static IEnumerable<Reason> NoWater(WindowEvidence evidence)
    {
        var moments = evidence.Selection.Excluded.Where(e => e.Reason == ExclusionReason.NoWater).Select(e => e.Observation.SampledTo).Distinct().Count();
        if (moments > 0)
        {
            yield return new Reason(
                "no-water-reported",
                $"at {moments} moments the station reported that there was no water; an exemption needs a determination",
                $"站点在{moments}个时刻报告无水；豁免须经认定",
                new JsonObject { { "moments", moments } });
        }
    }

    private static OutcomeState State(Agreement agreement, AssessmentInput input, Window window) => input.AsOf switch
    {
        null => OutcomeState.Provisional,
        { } asOf when asOf < window.End => OutcomeState.Open,
        { } asOf when asOf < agreement.Offset.StartOf(window.To.AddDays(agreement.CloseDays.Value)) => OutcomeState.Provisional,
        _ => OutcomeState.Final,
    };
}

/// <summary>The verdict after determinations.</summary>
internal sealed record Decision(OutcomeResult Result, IReadOnlyList<Reason> Reasons, string? Tier, IReadOnlyList<Due> Dues)
{
    /// <summary>What remains to be paid; null where nobody pays, or more than two parties do.</summary>
    public Due? Pays => Due.Net(Dues);
}
