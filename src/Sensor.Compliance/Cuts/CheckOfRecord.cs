using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>Finds the checks and calibrations that stations signed.</summary>
internal static class CheckOfRecord
{
    /// <summary>The checks at sections, by station, time and digest of the record. What does not say whether it passed is none.</summary>
    public static IEnumerable<RecordedCheck> In(IEnumerable<RecordInCut> records, Func<string, Instant, string?> sectionOf, Func<StationRecord, Instant, StationTime?> timeOf) =>
        records.Select(r => Of(r, sectionOf, timeOf)).OfType<RecordedCheck>()
            .OrderBy(c => c.Check.Series, StringComparer.Ordinal).ThenBy(c => c.Check.At).ThenBy(c => c.Source.Digest);

    private static RecordedCheck? Of(RecordInCut record, Func<string, Instant, string?> sectionOf, Func<StationRecord, Instant, StationTime?> timeOf)
    {
        if (record.Record.Body is not EventBody { Event: { Type: EventType.Check or EventType.Calibration, Instrument: { } instrument, Parameter: { } parameter, Passed: { } passed } happened })
        {
            return null;
        }

        var station = record.Record.Header.Station;
        var at = timeOf(record.Record, record.Record.Wall)?.Interval.Midpoint ?? record.Record.Wall;
        return sectionOf(station, at) is not { } section ? null : new RecordedCheck(
            new InstrumentCheck
            {
                Section = section,
                Series = station,
                Instrument = instrument,
                Parameter = parameter,
                Kind = happened.Type == EventType.Calibration ? InstrumentCheck.Calibration : happened.Kind ?? "",
                At = at,
                Passed = passed,
            },
            record);
    }
}
