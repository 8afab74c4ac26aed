namespace Sensor.Contracts.Documents;

/// <summary>One line of a CSV file of observations: one parameter at one section and time.</summary>
/// <param name="Line">The line of the file, counted from 1.</param>
/// <param name="Section">The section.</param>
/// <param name="Time">When the water was taken.</param>
/// <param name="TimeText">The time as written, with its offset.</param>
/// <param name="Parameter">National factor code.</param>
/// <param name="Value">The value; null when the field was empty.</param>
/// <param name="Unit">UCUM unit.</param>
/// <param name="Flag">The flag; <c>N</c> when the field was empty.</param>
/// <param name="DetectionLimit">The detection limit, where the file has that column and it is filled.</param>
/// <param name="Source">The series or origin, where the file has that column.</param>
/// <param name="Instrument">The instrument, where the file has that column.</param>
public sealed record ObservationLine(
    int Line, string Section, Instant Time, string TimeText, string Parameter, MeasuredValue? Value, string Unit, string Flag, MeasuredValue? DetectionLimit, string? Source, string? Instrument);

/// <summary>
/// The CSV of observations that every command of WaterWatch reads: header <c>section,time,parameter,value,unit,flag</c> and optionally
/// <c>detectionLimit,source,instrument</c>, UTF-8, RFC 4180, ISO 8601 times with offset, an empty value for a missing one.
/// </summary>
public static class ObservationCsv
{
    private static readonly string[] Required = ["section", "time", "parameter", "value", "unit", "flag"];
    private static readonly string[] Optional = ["detectionLimit", "source", "instrument"];

    /// <summary>Reads line after line.</summary>
    /// <exception cref="FormatException">A line is wrong; the message begins with <c>line N:</c> and says what to write instead.</exception>
    public static IEnumerable<ObservationLine> Read(TextReader text)
    {
        IReadOnlyList<string>? header = null;
        foreach (var record in CsvReader.Read(text))
        {
            if (header is null)
            {
                header = Header(record);
                continue;
            }

            if (record.Fields.Count != header.Count)
            {
                throw new FormatException($"line {record.Line}: {record.Fields.Count} fields where the header has {header.Count}");
            }

            yield return Line(record, header);
        }

        if (header is null)
        {
            throw new FormatException("line 1: the file is empty; its first line must be section,time,parameter,value,unit,flag");
        }
    }

    private static IReadOnlyList<string> Header(CsvRecord record)
    {
        foreach (var name in Required.Where(name => !record.Fields.Contains(name, StringComparer.Ordinal)))
        {
            throw new FormatException($"line {record.Line}: the column '{name}' is missing; the header must hold {string.Join(',', Required)}");
        }

        foreach (var name in record.Fields.Where(name => !Required.Contains(name, StringComparer.Ordinal) && !Optional.Contains(name, StringComparer.Ordinal)))
        {
            throw new FormatException($"line {record.Line}: '{name}' is not a known column; besides the required ones only {string.Join(',', Optional)} are read");
        }

        return record.Fields.Distinct(StringComparer.Ordinal).Count() == record.Fields.Count
            ? record.Fields
            : throw new FormatException($"line {record.Line}: a column is given twice");
    }

    private static ObservationLine Line(CsvRecord record, IReadOnlyList<string> header)
    {
        string? Field(string name)
        {
            for (var i = 0; i < header.Count; i++)
            {
                if (header[i] == name)
                {
                    return record.Fields[i];
                }
            }

            return null;
        }

        FormatException Wrong(string name, string expected) =>
            new($"line {record.Line}: {name} '{Field(name)}' is not {expected}");

        MeasuredValue? Number(string name) => Field(name) is not { Length: > 0 } digits
            ? null
            : MeasuredValue.TryParse(digits, out var value) ? value : throw Wrong(name, "a plain decimal number of at most 15 digits; write a missing value as an empty field");

        var section = Field("section")!;
        var parameter = Field("parameter")!;
        var flag = Field("flag") is { Length: > 0 } given ? given : "N";
        return new ObservationLine(
            record.Line,
            Names.IsSection(section) ? section : throw Wrong("section", "a section's name of 1 to 64 characters"),
            Instant.TryParse(Field("time")!, out var time) ? time : throw Wrong("time", "an ISO 8601 time with offset such as 2020-05-08T08:00:00+08:00"),
            Field("time")!,
            Parameter.IsWellFormed(parameter) ? parameter : throw Wrong("parameter", "a national factor code such as w01019"),
            Number("value"),
            Field("unit") is { Length: > 0 and <= 16 } unit ? unit : throw Wrong("unit", "a UCUM unit such as mg/L"),
            Flag.IsWellFormed(flag) ? flag : throw Wrong("flag", "one or two letters such as N or M"),
            Number("detectionLimit"),
            Field("source") is { Length: > 0 } source ? source : null,
            Field("instrument") is { Length: > 0 } instrument ? instrument : null);
    }
}
