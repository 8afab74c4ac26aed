namespace Sensor.Contracts.Documents;

/// <summary>One line of a CSV file of checks and calibrations of instruments.</summary>
/// <param name="Line">The line of the file, counted from 1.</param>
/// <param name="Section">The section.</param>
/// <param name="Time">When.</param>
/// <param name="Instrument">The instrument; empty where the file names none.</param>
/// <param name="Parameter">National factor code.</param>
/// <param name="Kind">What was checked, such as <c>zero</c>, <c>span</c> or <c>calibration</c>.</param>
/// <param name="Passed">Whether the instrument was within its limits.</param>
/// <param name="Source">The series or origin, where the file has that column.</param>
public sealed record CheckLine(int Line, string Section, Instant Time, string Instrument, string Parameter, string Kind, bool Passed, string? Source);

/// <summary>
/// The CSV of checks and calibrations: header <c>section,time,instrument,parameter,kind,passed</c> and optionally <c>source</c>, in the form of
/// <see cref="ObservationCsv"/>; <c>passed</c> is <c>true</c> or <c>false</c>.
/// </summary>
public static class CheckCsv
{
    private const int LongestName = 32;
    private static readonly CsvTable Table = new(["section", "time", "instrument", "parameter", "kind", "passed"], ["source"]);

    /// <summary>Reads line after line.</summary>
    /// <exception cref="FormatException">A line is wrong; the message begins with <c>line N:</c> and says what to write instead.</exception>
    public static IEnumerable<CheckLine> Read(TextReader text) => Table.Read(text).Select(row => new CheckLine(
        row.Line,
        row.Section(),
        row.Time(),
        row["instrument"]!,
        row.Parameter(),
        row["kind"] is { Length: > 0 and <= LongestName } kind ? kind : throw row.Wrong("kind", "what was checked, such as zero, span or calibration"),
        row["passed"] is "true" or "false" ? row["passed"] == "true" : throw row.Wrong("passed", "true or false"),
        row.Optional("source")));
}
