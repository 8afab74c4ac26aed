using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Interop;

/// <summary>Makes readings of the lines of a CSV file; each names the file and its line.</summary>
internal static class CsvImport
{
    /// <summary>The lines of one time after each other become one record, split where a parameter comes again.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="raw">How readings name the file.</param>
    /// <param name="station">The station as which it is recorded.</param>
    /// <param name="sectionOf">The section at which the station stands at a moment.</param>
    /// <exception cref="FormatException">A line is wrong; the message begins with <c>line N:</c>.</exception>
    public static IReadOnlyList<ReadingsBody> Read(byte[] file, string raw, string station, Func<Instant, string?> sectionOf)
    {
        using var text = Utf8Text.Of(file);
        var (bodies, current) = (new List<ReadingsBody>(), new List<Reading>());
        foreach (var line in Lines(text, station, sectionOf))
        {
            if (current.Count > 0 && (current[0].SampledTo != line.Time || current.Count == WireLimits.Readings || current.Any(r => r.Parameter == line.Parameter)))
            {
                bodies.Add(new ReadingsBody(current[0].SampledTo, current));
                current = [];
            }

            current.Add(Reading(line, raw));
        }

        return current.Count == 0 ? bodies : [.. bodies, new ReadingsBody(current[0].SampledTo, current)];
    }

    private static IEnumerable<ObservationLine> Lines(TextReader text, string station, Func<Instant, string?> sectionOf)
    {
        foreach (var line in ObservationCsv.Read(text))
        {
            if (sectionOf(line.Time) != line.Section)
            {
                throw new FormatException($"line {line.Line}: section '{line.Section}' is not where {station} stands at that time ({sectionOf(line.Time) ?? "nowhere"}); import each section under its own station");
            }

            yield return Names.IsInstrument(line.Instrument ?? "csv") && WireText.IsAllowed(line.Unit, WireLimits.Unit)
                ? line
                : throw new FormatException($"line {line.Line}: instrument '{line.Instrument}' or unit '{line.Unit}' cannot stand in a record; instruments have 1 to 32 letters, digits, '.', '_' and '-', units at most {WireLimits.Unit} bytes");
        }
    }

    private static Reading Reading(ObservationLine line, string raw) => new()
    {
        Parameter = line.Parameter,
        Value = line.Value,
        Missing = line.Value is null ? MissingReason.NotReported : null,
        Unit = line.Unit,
        Flag = line.Flag,
        Instrument = line.Instrument ?? "csv",
        SampledFrom = line.Time,
        SampledTo = line.Time,
        DatedBy = DatedBy.Instrument,
        DetectionLimit = line.DetectionLimit,
        Raw = $"{raw} line {line.Line}",
    };
}
