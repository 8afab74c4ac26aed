using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Explanations;

/// <summary>What an agreement says, sentence by sentence in both languages, with examples that are computed by the same rule that will decide.</summary>
/// <remarks>Pure and thread-safe. For people who sign: the document itself is what counts.</remarks>
public static class AgreementExplanation
{
    /// <summary>The sentences, in the order in which they should be read.</summary>
    public static IReadOnlyList<LocalText> Of(Agreement agreement) =>
    [
        new($"{agreement.Title.En} ({agreement.Id}, version {agreement.Version})", $"{agreement.Title.Zh}（{agreement.Id}，第{agreement.Version}版）"),
        .. Illustrative(agreement),
        new(
            $"In force from {agreement.InForceFrom.Iso()} to {agreement.InForceTo.Iso()}, in windows of {WindowWords(agreement.Windows).En}, days beginning at {agreement.Offset}; late data count for {agreement.CloseDays.Value} days.",
            $"有效期{agreement.InForceFrom.Iso()}至{agreement.InForceTo.Iso()}，按{WindowWords(agreement.Windows).Zh}计算，日界{agreement.Offset}；逾期数据{agreement.CloseDays.Value}天内有效。"),
        new($"Parties: {string.Join("; ", agreement.Parties.Select(p => $"{p.Name.En} ({p.Id})"))}.", $"当事方：{string.Join("；", agreement.Parties.Select(p => $"{p.Name.Zh}（{p.Id}）"))}。"),
        new($"Sections: {string.Join("; ", agreement.Sections.Select(s => s.Name.En))}.", $"断面：{string.Join("；", agreement.Sections.Select(s => s.Name.Zh))}。"),
        Data(agreement),
        .. Limits(agreement.Limits),
        .. TimeExplanation.Of(agreement.Data.Time),
        .. Checks(agreement.Data.Checks),
        .. Quality(agreement.Data.Quality),
        .. agreement.Rule.Words,
        .. Settlement(agreement),
        new("Nobody pays where too little was measured (indeterminate) or a determination exempts the window.", "数据不足（无法判定）或经认定豁免的时段，任何一方均不支付。"),
    ];

    /// <summary>The sentences on numbers that are not certain, one for each place in the document.</summary>
    public static IReadOnlyList<LocalText> Uncertain(Agreement agreement) =>
        [.. agreement.Uncertain.Select(path => new LocalText($"not certain: {path}", $"不确定：{path}"))];

    private static IEnumerable<LocalText> Illustrative(Agreement agreement)
    {
        if (agreement.IllustrativeBecause is { } because)
        {
            yield return new($"ILLUSTRATIVE, no money may move on it: {because.En}", $"演示性文件，不得据此支付：{because.Zh}");
        }
    }

    private static LocalText Data(Agreement agreement)
    {
        var minimum = agreement.Completeness;
        return new(
            $"Enough was measured when each deciding parameter has {minimum.MonthsPerWindow.Value} or more months with {minimum.DaysPerMonth.Value} or more of {minimum.ValuesPerDay.Value} or more usable values; the {(agreement.Statistic.Value == DecidingStatistic.MeanOfSamples ? "mean of all samples" : "mean of monthly means")} decides.",
            $"每项参与判定的指标须有不少于{minimum.MonthsPerWindow.Value}个月、每月不少于{minimum.DaysPerMonth.Value.ToStringZh()}、每日不少于{minimum.ValuesPerDay.Value}个有效数据；以{(agreement.Statistic.Value == DecidingStatistic.MeanOfSamples ? "全部数据均值" : "月均值的均值")}判定。");
    }

    private static IEnumerable<LocalText> Limits(DataLimits? limits)
    {
        if (limits?.MaintenancePercent is { } maintenance)
        {
            yield return new($"More than {maintenance.Value} % of maintenance or calibration and only a determination can confirm the window.", $"维护或校准数据超过{maintenance.Value}%的，须经认定方可采用。");
        }

        if (limits?.FlaggedPercent is { } flagged)
        {
            yield return new($"More than {flagged.Value} % of flagged data and only a determination can confirm the window.", $"带有不予采用标识的数据超过{flagged.Value}%的，须经认定方可采用。");
        }

        if (limits is { LossPercent: { } lost, ReadingsPerDay: { } due })
        {
            yield return new(
                $"More than {lost.Value} % of the readings lost, of {due.Value} due each day, and only a determination can confirm the window.",
                $"每日应有{due.Value}个数据，缺失超过{lost.Value}%的，须经认定方可采用。");
        }
    }

    private static IEnumerable<LocalText> Checks(AgreedChecks? checks)
    {
        if (checks is not null)
        {
            yield return new(
                "What an instrument measured between its last good check and the next good one does not count where a check in between failed, unless a determination confirms it.",
                "仪器核查不合格时，自上一次合格核查至下一次合格核查之间的数据不予采用，经认定确认的除外。");
        }
    }

    private static IEnumerable<LocalText> Quality(AgreedQuality? quality)
    {
        if (quality is not null)
        {
            var names = string.Join(", ", quality.Tests.Select(t => t.Name));
            yield return new(
                $"A value that {(quality.ExcludeWord == "fail" ? "fails" : "fails, or is suspect under,")} one of these tests does not count unless a determination confirms it: {names}.",
                $"未通过下列质量检验{(quality.ExcludeWord == "fail" ? "" : "或存疑")}的数据不予采用，经认定确认的除外：{names}。");
        }
    }

    private static IEnumerable<LocalText> Settlement(Agreement agreement)
    {
        var settlement = agreement.Settlement;
        if (settlement.Period != agreement.Windows)
        {
            yield return new($"What the windows come to is settled by {WindowWords(settlement.Period).En}.", $"各时段结果按{WindowWords(settlement.Period).Zh}清算。");
        }

        if (settlement.Pool is { } pool)
        {
            var times = pool.TimesFact is null ? "" : $" × {pool.TimesFact}";
            yield return new(
                $"A pool of {pool.Amount.Value}{times} {agreement.Currency} is paid in by {Shares(pool.Contributions)} and divided {Shares(pool.Allocation)}.",
                $"资金池{pool.Amount.Value}{times} {agreement.Currency}，出资比例{Shares(pool.Contributions)}，分配比例{Shares(pool.Allocation)}。");
        }

        foreach (var forfeit in settlement.Pool?.Forfeits ?? [])
        {
            yield return new(
                $"If {forfeit.Section} fails, {forfeit.Party} loses {forfeit.Percent.Value} % of its part to {Shares(forfeit.To)}.",
                $"{forfeit.Section}断面未达标时，{forfeit.Party}应得份额的{forfeit.Percent.Value}%划给{Shares(forfeit.To)}。");
        }
    }

    private static string Shares(IEnumerable<Compliance.Settlement.Share> shares) => string.Join(" : ", shares.Select(s => $"{s.Party} {s.Proportion.Value}"));

    private static LocalText WindowWords(WindowPlan plan) => plan.Kind switch
    {
        WindowKind.Year => new("a year", "年"),
        WindowKind.Quarter => new("a quarter", "季度"),
        WindowKind.Week => new("a week", "周"),
        WindowKind.Season => new($"a season of {plan.SeasonMonths} months from month {plan.StartMonth}", $"{plan.StartMonth}月起{plan.SeasonMonths}个月的季节"),
        _ => new("a month", "月"),
    };
}
