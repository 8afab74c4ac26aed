using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Says that reserves of joint samples have to be opened before a window can be decided.</summary>
internal static class ReserveReason
{
    /// <summary>The reason, where a parameter lacks months and has a joint sample whose halves differ and whose reserve nobody has analysed.</summary>
    public static IEnumerable<Reason> Of(WindowEvidence evidence, Verdict measured)
    {
        var needed = evidence.Agreement.Completeness.MonthsPerWindow.Value;
        var unopened = evidence.Selection.Samples
            .Where(s => s.NeedsReserve && evidence.Agreement.Rule.Parameters.Contains(s.Sample.Parameter.Code)
                && measured.Statistics[s.Sample.Parameter.Code].CountingMonths < needed)
            .ToList();
        if (unopened.Count > 0)
        {
            yield return Words(unopened);
        }
    }

    private static Reason Words(List<ResolvedSample> unopened)
    {
        var moments = unopened.Select(s => s.Sample.Moment).Distinct().Count();
        var parameters = unopened.Select(s => s.Sample.Parameter).DistinctBy(p => p.Code).OrderBy(p => p.Code, StringComparer.Ordinal).ToList();
        var symbols = string.Join(", ", parameters.Select(p => p.Symbol));
        return new Reason(
            "reserve-to-be-opened",
            $"at {moments} {(moments == 1 ? "moment" : "moments")} the halves of the joint sample differ by more than the tolerance in {symbols}; the reserve has to be opened, or a determination has to accept the sample",
            $"{moments}个时刻的联合样品{symbols}双方结果之差超出允许误差；须启用备用样，或经认定采用",
            new JsonObject { { "moments", moments }, { "parameters", JsonList.Of(parameters, p => p.Code) } });
    }
}
