using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>
/// Says of each record of a cut between which moments it was signed. A synchronised clock says it with its error. Else the synchronised
/// records of the same boot do, by CLOCK_BOOTTIME, which never steps, and a bound on its drift; in a boot without one, the receipts that the cut holds.
/// Arrival says nothing.
/// </summary>
/// <remarks>Immutable and thread-safe. Neither the order of the records nor repeats matter.</remarks>
public sealed class TimeResolution
{
    private readonly Dictionary<(string Station, LifeId Boot), BootAnchors> _boots;
    private readonly ReceiptBounds _receipts;
    private readonly ClockTolerance _clocks;

    /// <summary>Takes the records of a cut. Of forked identities none should be among them.</summary>
    /// <param name="records">The records of any stations.</param>
    /// <param name="clocks">How far the clocks of the stations are believed.</param>
    /// <param name="receipts">The receipts that the cut holds; none where it holds none.</param>
    public TimeResolution(IEnumerable<RecordInCut> records, ClockTolerance clocks, IEnumerable<ReceiptInCut>? receipts = null)
    {
        _clocks = clocks;
        _boots = records.DistinctBy(r => r.Digest).Where(r => StationTime.EstimatedError(r.Record) is not null).GroupBy(r => (r.Record.Header.Station, r.Record.Boot))
            .ToDictionary(boot => boot.Key, boot => new BootAnchors(boot, clocks));
        _receipts = new ReceiptBounds(receipts ?? []);
    }

    /// <summary>When a record was signed.</summary>
    public StationTime Of(StationRecord record) => Of(record, record.Wall);

    /// <summary>
    /// When something happened that the station dated by the wall clock of its signature. How long before the signature it was is taken from that clock: a step
    /// of the clock in between is not undone. The same moment by the same clock comes out the same, whichever record of the boot says it.
    /// </summary>
    /// <param name="record">The record that says it.</param>
    /// <param name="dated">The moment by the station's clock.</param>
    public StationTime Of(StationRecord record, Instant dated)
    {
        var before = record.Wall.UnixMilliseconds - dated.UnixMilliseconds;
        return StationTime.OfClock(record, _clocks) is { } clock ? new StationTime(clock.Earlier(before), [])
            : _boots.TryGetValue((record.Header.Station, record.Boot), out var anchors) ? anchors.At((Int128)record.BootMilliseconds - before)
            : new StationTime(_receipts.Of(record).Earlier(before), []);
    }
}
