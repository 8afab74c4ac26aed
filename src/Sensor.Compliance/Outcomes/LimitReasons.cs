using System.Globalization;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>The limits on maintenance and flags that were exceeded and that nobody has confirmed.</summary>
internal static class LimitReasons
{
    private static readonly string[] Words = ["maintenance", "flagged", "lost"];
    private static readonly string[] Codes = ["maintenance-share", "flagged-share", "loss-share"];

    /// <summary>One reason for each limit and each pair of counts; none where nothing blocks.</summary>
    public static IReadOnlyList<Reason> Of(WindowEvidence evidence) =>
        [.. evidence.Shares.Where(s => s.Blocks).GroupBy(s => (s.Kind, s.Flagged, s.Observations)).Select(g => Exceeded(g.First(), [.. g]))];

    /// <summary>The shares as the trace writes them; null where the agreement limits nothing.</summary>
    public static JsonList? Trace(WindowEvidence evidence) => evidence.Agreement.Limits is null ? null : JsonList.Of(evidence.Shares, s => new JsonObject
    {
        { "kind", Words[(int)s.Kind] },
        { "parameter", s.Parameter.Code },
        { "flagged", s.Flagged },
        { "observations", s.Observations },
        { "share", s.Percent?.ToString() },
        { "limit", s.Limit.ToString() },
        { "exceeded", s.Exceeds },
        { "confirmedBy", JsonList.Of(s.Confirming, d => d.Id) },
    });

    private static Reason Exceeded(FlagShare share, List<FlagShare> equal)
    {
        var symbols = Symbols.Of(equal.Select(s => s.Parameter.Code));
        var (en, zh) = share.Kind switch
        {
            FlagShareKind.Maintenance => ($"observations of {symbols} carry a flag of maintenance or calibration", "个数据中{0}个带有维护或校准标识"),
            FlagShareKind.Flagged => ($"observations of {symbols} carry a flag that excludes them", "个数据中{0}个带有不予采用的数据标识"),
            _ => ($"readings of {symbols} that were due are lost", "个应有数据中{0}个缺失"),
        };
        return new Reason(
            Codes[(int)share.Kind],
            $"{share.Flagged} of {share.Observations} {en}, more than {share.Limit} %; only a determination can confirm the window",
            $"{symbols}的{share.Observations}{zh.Replace("{0}", share.Flagged.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}，超过{share.Limit}%；须经认定方可采用",
            new JsonObject
            {
                { "parameters", JsonList.Of(equal, s => s.Parameter.Code) },
                { "flagged", share.Flagged },
                { "observations", share.Observations },
                { "share", share.Percent?.ToString() },
                { "limit", share.Limit.ToString() },
            });
    }
}
