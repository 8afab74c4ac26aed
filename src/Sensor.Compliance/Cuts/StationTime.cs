using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>When a record was signed or something in it happened, and the other records that say so.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Interval">Between which moments, and by which method.</param>
/// <param name="Anchors">The synchronised records on which it rests besides the record itself; a cut that dates the record so has to hold them.</param>
public sealed record StationTime(TimeInterval Interval, IReadOnlyList<RecordInCut> Anchors)
{
    /// <summary>The error that a synchronised clock estimates; null where it was not synchronised or does not say.</summary>
    internal static long? EstimatedError(StationRecord record) => record.Clock is { Status: ClockStatus.Synchronised, ErrorMilliseconds: { } error and >= 0 } ? error : null;

    /// <summary>What a synchronised clock says with its error; null where there is none.</summary>
    internal static TimeInterval? OfClock(StationRecord record, ClockTolerance clocks) => EstimatedError(record) is { } estimated && clocks.ErrorOf(estimated) is var error
        ? TimeInterval.Of(TimeMethod.Clock, (Int128)record.Wall.UnixMilliseconds - error, (Int128)record.Wall.UnixMilliseconds + error)
        : null;
}
