using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>
/// Says of each record of a cut between which moments it was signed. A synchronised clock says it with its estimated error. Else the synchronised
/// records of the same boot do, by CLOCK_BOOTTIME, which never steps, and a bound on its drift; in a boot without one, the receipts that the cut holds.
/// Arrival says nothing.
/// </summary>
/// <remarks>Immutable and thread-safe. Neither the order of the records nor repeats matter.</remarks>
public sealed class TimeResolution
{
    private readonly Dictionary<(string Station, LifeId Boot), BootAnchors> _boots;
    private readonly ReceiptBounds _receipts;

    /// <summary>Takes the records of a cut. Of forked identities none should be among them.</summary>
    /// <param name="records">The records of any stations.</param>
    /// <param name="driftPpm">
    /// By how much at most the true time that passed differs from what CLOCK_BOOTTIME counted, in millionths of the count; the agreement states it, 0 to 1000.
    /// </param>
    /// <param name="receipts">The receipts that the cut holds; none where it holds none.</param>
    public TimeResolution(IEnumerable<RecordInCut> records, int driftPpm, IEnumerable<ReceiptInCut>? receipts = null)
    {
        _boots = records.DistinctBy(r => r.Digest).Where(TimeBound.IsAnchor).GroupBy(r => (r.Record.Header.Station, r.Record.Boot))
            .ToDictionary(boot => boot.Key, boot => new BootAnchors(boot, driftPpm));
        _receipts = new ReceiptBounds(receipts ?? []);
    }

    /// <summary>When a record was signed.</summary>
    public StationTime Of(StationRecord record) =>
        StationTime.OfClock(record) is { } clock ? new StationTime(clock, [])
        : _boots.TryGetValue((record.Header.Station, record.Boot), out var anchors) ? anchors.At(record.BootMilliseconds)
        : new StationTime(_receipts.Of(record), []);
}
