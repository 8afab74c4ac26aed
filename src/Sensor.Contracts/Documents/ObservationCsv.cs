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
    int Line, string Section, Instant Time, string TimeText, string Parameter, MeasuredValue? Value, string Unit, string Flag, MeasuredValue? DetectionLimit, string? Source, string? Instrument)
{
    /// <summary>How the time is known, a word such as <c>clock</c> or <c>anchors-between</c>; null where the file does not say.</summary>
    public string? TimeMethod { get; init; }

    /// <summary>The earliest moment at which the water may have been taken, where it is known.</summary>
    public Instant? Earliest { get; init; }

    /// <summary>The latest moment, where it is known.</summary>
    public Instant? Latest { get; init; }
}

/// <summary>
/// The CSV of observations that every command of WaterWatch reads: header <c>section,time,parameter,value,unit,flag</c> and optionally
/// <c>detectionLimit,source,instrument,timeMethod,earliest,latest</c>, UTF-8, RFC 4180, ISO 8601 times with offset, an empty value for a missing one.
/// </summary>
public static class ObservationCsv
{
    private static readonly string[] Required = ["section", "time", "parameter", "value", "unit", "flag"];
    private static readonly string[] Optional = ["detectionLimit", "source", "instrument", "timeMethod", "earliest", "latest"];

    /// <summary>The words of the column <c>timeMethod</c>, the best first.</summary>
    public static IReadOnlyList<string> TimeMethods { get; } = ["clock", "anchor-before", "anchor-after", "anchors-between", "receipts", "contradictory", "unresolved"];

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
            row.Optional("instrument")) with { TimeMethod = Method(row), Earliest = Bound(row, "earliest"), Latest = Bound(row, "latest") };
    }

    private static string? Method(CsvRow row) => (row.Optional("timeMethod"), row.Optional("earliest"), row.Optional("latest")) switch
    {
        (null, null, null) => null,
        ({ } method, _, _) when !TimeMethods.Contains(method) => throw row.Wrong("timeMethod", "one of " + string.Join(", ", TimeMethods)),
        (null, _, _) => throw row.Wrong("timeMethod", "a word that says how earliest and latest are known, such as clock"),
        ("contradictory" or "unresolved", not null, not null) => throw row.Wrong("timeMethod", "how an interval with both ends is known; write clock, anchors-between or another, or leave one end empty"),
        (not ("contradictory" or "unresolved"), var earliest, var latest) when earliest is null || latest is null => throw row.Wrong("timeMethod", "complete: it needs both earliest and latest"),
        var (method, _, _) => method,
    };

    private static Instant? Bound(CsvRow row, string name)
    {
        if (row.Optional(name) is not { } text)
        {
            return null;
        }

        var bound = Instant.TryParse(text, out var moment) ? moment : throw row.Wrong(name, "an ISO 8601 time with offset, or empty where it is not known");
        return name == "earliest" ? bound <= row.Time() ? bound : throw row.Wrong(name, "at or before time") : bound >= row.Time() ? bound : throw row.Wrong(name, "at or after time");
    }

    private static MeasuredValue? Number(CsvRow row, string name) => row[name] is not { Length: > 0 } digits
        ? null
        : MeasuredValue.TryParse(digits, out var value) ? value : throw row.Wrong(name, "a plain decimal number of at most 15 digits; write a missing value as an empty field");
}
