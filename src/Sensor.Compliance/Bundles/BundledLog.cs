using Sensor.Contracts;
using Sensor.Contracts.Evidence;

namespace Sensor.Compliance.Bundles;

/// <summary>The operator's log as a bundle shows it: its signed checkpoint, the records in it, and the receipts that agree with it.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Shown">The same as something that the operator signed.</param>
/// <param name="Receipts">The receipts of the bundle.</param>
/// <param name="Told">What the claims of the receipts show and what does not break the bundle.</param>
internal sealed record BundledLog(Checkpoint Checkpoint, LogClaim Shown, BundledReceipts Receipts, IReadOnlyList<LogFinding> Told)
{
    /// <summary>Everything that was signed about logs.</summary>
    public IReadOnlyList<LogClaim> Claims => [Shown, .. Receipts.Own, .. Receipts.Others];

    /// <summary>What was found.</summary>
    public string Words => $"all records are in the evidence log {Checkpoint.Origin}, which had {Checkpoint.Size} records and the root {Checkpoint.Root} as its signed checkpoint says"
        + (Checkpoint.Continues is { } before ? $"; note: it continues the log {before.Log} from {before.Size} records" : "")
        + Receipts.Words + string.Concat(Told.Select(finding => "; note: " + finding.Words));

    /// <summary>Reads the checkpoint and the receipts, and goes the way from the records to their roots.</summary>
    /// <exception cref="BundleFault">Something does not hold, or the operator has signed two histories.</exception>
    public static BundledLog Read(BundleMembers members, BundleManifest manifest, BundledRecords records)
    {
        var shown = ReadCheckpoint(members, manifest, out var checkpoint);
        var inclusion = BundleInclusion.Read(members[BundleNames.Inclusion].Span);
        BundleFault.Unless((inclusion.Size, inclusion.Root) == (checkpoint.Size, checkpoint.Root), $"{BundleNames.Inclusion} states {inclusion.Size} records and the root {inclusion.Root}, the signed checkpoint {checkpoint.Size} and {checkpoint.Root}");
        var receipts = BundledReceipts.Read(members, manifest, records);
        var sizes = receipts.Own.Select(r => r.Size).Where(s => s > 0 && s < checkpoint.Size).Distinct().Order().ToList();
        var roots = inclusion.RootsAt([.. records.All.Select(r => r.Digest)], sizes) ?? throw new BundleFault("the hashes do not lead from the records to the root of the log that is stated");
        var known = sizes.Zip(roots).Append((0, Digest.Of([]))).ToDictionary();
        var findings = SplitView.Against(receipts.Own, shown, checkpoint.Continues, size => known.TryGetValue(size, out var root) ? root : null);
        BundleFault.Unless(findings.FirstOrDefault(f => f.Kind != LogFindingKind.PutBack) is not { } split, findings.FirstOrDefault(f => f.Kind != LogFindingKind.PutBack)?.Words ?? "");
        return new BundledLog(checkpoint, shown, receipts, [.. findings, .. SplitView.Among(receipts.Others)]);
    }

    private static LogClaim ReadCheckpoint(BundleMembers members, BundleManifest manifest, out Checkpoint checkpoint)
    {
        var note = SignedCheckpoint.Read(members[BundleNames.Checkpoint]);
        checkpoint = note.Checkpoint;
        BundleFault.Unless(members.Key(manifest.OperatorKey) is { } key && note.IsSignedBy(key), $"the key {manifest.OperatorKey} did not sign {BundleNames.Checkpoint}");
        BundleFault.Unless((checkpoint.Origin.Deployment, checkpoint.Origin.Operator) == (manifest.Deployment, manifest.Operator), $"{BundleNames.Checkpoint} is of the log {checkpoint.Origin}, not of {manifest.Operator} in {manifest.Deployment}");
        return LogClaim.Of(note, members.Key(manifest.OperatorKey)!);
    }
}
