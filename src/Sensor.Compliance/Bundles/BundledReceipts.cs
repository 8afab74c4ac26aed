using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Wire;

namespace Sensor.Compliance.Bundles;

/// <summary>The receipts of a bundle: what stations had been shown of logs when they signed the records.</summary>
/// <param name="Own">What the operator of the bundle signed.</param>
/// <param name="Others">What other operators signed.</param>
/// <param name="Due">The receipts that stand for a day of a run: which its last record of the day names.</param>
internal sealed record BundledReceipts(IReadOnlyList<LogClaim> Own, IReadOnlyList<LogClaim> Others, IReadOnlySet<Digest> Due)
{
    /// <summary>What was found.</summary>
    public string Words => Due.Count == 0 && Own.Count + Others.Count == 0 ? "; its records name no receipts"
        : $"; of {Due.Count} receipts of this operator that stand for a day, {Due.Count - Missing} are here and agree"
            + (Missing > 0 ? $", and {Missing} are not: ask the stations for them" : "")
            + string.Concat(Others.GroupBy(c => (c.Operator, c.KeyId)).Select(g => $"; {g.Count()} receipts of {g.Key.Operator} with the key {g.Key.KeyId}"));

    private int Missing => Due.Count - Own.Count(c => Due.Contains(c.Envelope));

    /// <summary>Reads the receipts.</summary>
    /// <exception cref="BundleFault">One is not signed, not named by a record, or out of order.</exception>
    public static BundledReceipts Read(BundleMembers members, BundleManifest manifest, BundledRecords records)
    {
        var named = records.All.SelectMany(r => (r.Decoded.Record?.Receipts ?? []).Select(seen => (r.Header.Station, seen.Operator, seen.Receipt))).ToHashSet();
        var claims = new List<LogClaim>();
        Digest? last = null;
        foreach (var item in members.Has(BundleNames.Receipts) ? EnvelopeFile.Split(members[BundleNames.Receipts]) : [])
        {
            var (envelope, receipt) = Parse(item, manifest);
            BundleFault.Unless(last is not { } before || before.CompareTo(envelope.Digest) < 0, "the receipts are not in the order of their digests, or one is there twice");
            BundleFault.Unless(named.Contains((receipt.Station, receipt.Operator, envelope.Digest)), $"no record names the receipt {envelope.Digest}");
            BundleFault.Unless((receipt.Operator == manifest.Operator) == (envelope.KeyId == manifest.OperatorKey), $"the receipt {envelope.Digest} of {receipt.Operator} is by the key {envelope.KeyId}");
            BundleFault.Unless(members.Key(envelope.KeyId) is { } key && envelope.Verify(key), $"the receipt {envelope.Digest} is not signed by the key that it names, or the bundle lacks it");
            claims.Add(LogClaim.Of(envelope, receipt));
            last = envelope.Digest;
        }

        BundleFault.Unless(claims.Count > 0 || !members.Has(BundleNames.Receipts), $"{BundleNames.Receipts} is empty");
        return new BundledReceipts([.. claims.Where(c => c.KeyId == manifest.OperatorKey)], [.. claims.Where(c => c.KeyId != manifest.OperatorKey)], DayReceipts.Of(manifest.Operator, records.All.Select(r => r.Decoded)));
    }

    private static (Envelope Envelope, Receipt Receipt) Parse(ReadOnlyMemory<byte> item, BundleManifest manifest)
    {
        Receipt receipt = null!;
        if (!Envelope.TryParse(item, out var envelope, out var refusal) || !ReceiptCodec.TryDecode(envelope.Payload, out receipt, out refusal))
        {
            throw new BundleFault($"a receipt is not one of docs/wire.md: {refusal.Detail}");
        }

        BundleFault.Unless(envelope.ContentType == ContentTypes.Receipt && receipt.Deployment == manifest.Deployment, $"{envelope.Digest} is not a receipt of the deployment {manifest.Deployment}");
        return (envelope, receipt);
    }
}
