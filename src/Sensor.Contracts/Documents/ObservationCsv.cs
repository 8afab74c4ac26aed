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

    private static readonly CsvTable Table = new(Required, Optional);

    /// <summary>Reads line after line.</summary>
    /// <exception cref="FormatException">A line is wrong; the message begins with <c>line N:</c> and says what to write instead.</exception>
    public static IEnumerable<ObservationLine> Read(TextReader text) => Table.Read(text).Select(Line);

    private static ObservationLine Line(CsvRow row)
    {
        var flag = row["flag"] is { Length: > 0 } given ? given : "N";
        return new ObservationLine(
            row.Line,
            row.Section(),
            row.Time(),
            row["time"]!,
            row.Parameter(),
            Number(row, "value"),
            row["unit"] is { Length: > 0 and <= 16 } unit ? unit : throw row.Wrong("unit", "a UCUM unit such as mg/L"),
            Flag.IsWellFormed(flag) ? flag : throw row.Wrong("flag", "one or two letters such as N or M"),
            Number(row, "detectionLimit"),
            row.Optional("source"),
            row.Optional("instrument"));
    }

    private static MeasuredValue? Number(CsvRow row, string name) => row[name] is not { Length: > 0 } digits
        ? null
        : MeasuredValue.TryParse(digits, out var value) ? value : throw row.Wrong(name, "a plain decimal number of at most 15 digits; write a missing value as an empty field");
}
