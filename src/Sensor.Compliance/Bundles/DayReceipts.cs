using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Compliance.Bundles;

/// <summary>Which receipts stand in a bundle for all that its records name: more of them would show little more and cost a signature each.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class DayReceipts
{
    private const long Day = 24 * 3_600_000;

    /// <summary>For each run and day of the wall clock (UTC), the receipt of an operator that the last record of the day names.</summary>
    public static IReadOnlySet<Digest> Of(string operatorId, IEnumerable<DecodedRecord> records) => records.Select(r => r.Record).OfType<StationRecord>()
        .GroupBy(r => (r.Header.Station, r.Header.Run, DayOf(r.Wall.UnixMilliseconds)))
        .SelectMany(day => day.MaxBy(r => r.Header.Sequence)!.Receipts.Where(seen => seen.Operator == operatorId).Select(seen => seen.Receipt))
        .ToHashSet();

    private static long DayOf(long milliseconds) => milliseconds - (((milliseconds % Day) + Day) % Day);
}
