using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>
/// What receipts say about when a record was signed: after those that it embeds, before the first that covers it. The operators' clocks are taken
/// at their word. A receipt that the cut does not hold bounds nothing.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ReceiptBounds
{
    private readonly Dictionary<Digest, Receipt> _byDigest;
    private readonly ILookup<(string Station, LifeId Run), Receipt> _byRun;

    public ReceiptBounds(IEnumerable<ReceiptInCut> receipts)
    {
        _byDigest = receipts.DistinctBy(r => r.Digest).ToDictionary(r => r.Digest, r => r.Receipt);
        _byRun = _byDigest.Values.ToLookup(r => (r.Station, r.Run));
    }

    /// <summary>The interval of a record's signature.</summary>
    public TimeInterval Of(StationRecord record)
    {
        var header = record.Header;
        var earliest = record.Receipts.Select(seen => _byDigest.TryGetValue(seen.Receipt, out var receipt) ? (Instant?)receipt.Time : null).Max();
        var latest = _byRun[(header.Station, header.Run)].Where(r => r.Covers(header.Sequence)).Select(r => (Instant?)r.Time).Min();
        return earliest > latest
            ? new TimeInterval(TimeMethod.Contradictory, null, null)
            : TimeInterval.Of(earliest is null || latest is null ? TimeMethod.Unresolved : TimeMethod.Receipts, earliest?.UnixMilliseconds, latest?.UnixMilliseconds);
    }
}
