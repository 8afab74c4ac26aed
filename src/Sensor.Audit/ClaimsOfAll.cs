using Sensor.Contracts.Evidence;

namespace Sensor.Audit;

/// <summary>What many signed claims of many operators show together.</summary>
internal static class ClaimsOfAll
{
    /// <summary>Two roots at one size, and sizes beyond the largest checkpoint of their operator, by key.</summary>
    public static IReadOnlyList<LogFinding> Findings(IReadOnlyList<LogClaim> claims) =>
    [
        .. SplitView.Among(claims),
        .. claims.GroupBy(c => c.KeyId).SelectMany(own => own.Where(c => c.IsCheckpoint).MaxBy(c => c.Size) is { } shown
            ? SplitView.Against(own.Where(c => c.Size > shown.Size).DistinctBy(c => c.Size), shown, shown.Continues, _ => null)
            : []),
    ];
}
