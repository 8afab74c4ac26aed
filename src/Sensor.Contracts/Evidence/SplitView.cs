namespace Sensor.Contracts.Evidence;

/// <summary>Compares what an operator signed for different eyes: whoever holds both sides needs to trust nobody.</summary>
/// <remarks>Stateless and thread-safe.</remarks>
public static class SplitView
{
    /// <summary>Claims of one key that name two roots for one size, each with the first that names another.</summary>
    public static IReadOnlyList<LogFinding> Among(IEnumerable<LogClaim> claims) => [.. claims.GroupBy(c => c.KeyId).SelectMany(own => Of(own.ToList()))];

    /// <summary>What claims show beside the log that the operator shows.</summary>
    /// <param name="claims">Claims of the same operator.</param>
    /// <param name="shown">The checkpoint that it shows.</param>
    /// <param name="continues">The log before, as the checkpoint names it.</param>
    /// <param name="rootAt">The root of the shown log at a size up to its own; null where it is not known, and nothing is said then.</param>
    public static IReadOnlyList<LogFinding> Against(IEnumerable<LogClaim> claims, LogClaim shown, ContinuedLog? continues, Func<long, Digest?> rootAt) =>
        [.. claims.Select(claim => Against(claim, shown, continues, rootAt)).OfType<LogFinding>()];

    private static IEnumerable<LogFinding> Of(List<LogClaim> own)
    {
        var back = own.Min(c => c.Continues?.Size) ?? long.MaxValue;
        return own.GroupBy(c => c.Size).SelectMany(same => same.Where(c => c.Root != same.First().Root).DistinctBy(c => c.Root)
            .Select(c => new LogFinding(same.Key > back ? LogFindingKind.PutBack : LogFindingKind.TwoRoots, c, same.First(), same.First().Root)));
    }

    private static LogFinding? Against(LogClaim claim, LogClaim shown, ContinuedLog? continues, Func<long, Digest?> rootAt)
    {
        var root = claim.Size == shown.Size ? shown.Root : claim.Size < shown.Size ? rootAt(claim.Size) : null;
        LogFindingKind? kind = claim.Size > shown.Size ? LogFindingKind.Ahead : root is { } other && other != claim.Root ? LogFindingKind.TwoRoots : null;
        return kind is not { } found ? null : new LogFinding(continues is { } log && claim.Size > log.Size ? LogFindingKind.PutBack : found, claim, shown, root);
    }
}
