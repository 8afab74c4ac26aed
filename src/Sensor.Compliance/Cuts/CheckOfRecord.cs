using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>Finds the checks and calibrations that stations signed.</summary>
internal static class CheckOfRecord
{
    /// <summary>The checks at sections, by station, time and digest of the record. What does not say whether it passed is none.</summary>
    public static IEnumerable<RecordedCheck> In(IEnumerable<RecordInCut> records, Func<string, Instant, string?> sectionOf) =>
        records.Select(r => Of(r.Record, sectionOf) is { } check ? new RecordedCheck(check, r) : null).OfType<RecordedCheck>()
            .OrderBy(c => c.Check.Series, StringComparer.Ordinal).ThenBy(c => c.Check.At).ThenBy(c => c.Source.Digest);

    private static InstrumentCheck? Of(StationRecord record, Func<string, Instant, string?> sectionOf) =>
        record.Body is EventBody { Event: { Type: EventType.Check or EventType.Calibration, Instrument: { } instrument, Parameter: { } parameter, Passed: { } passed } happened }
        && sectionOf(record.Header.Station, record.Wall) is { } section
            ? new InstrumentCheck
            {
                Section = section,
                Series = record.Header.Station,
                Instrument = instrument,
                Parameter = parameter,
                Kind = happened.Type == EventType.Calibration ? InstrumentCheck.Calibration : happened.Kind ?? "",
                At = record.Wall,
                Passed = passed,
            }
            : null;
}
