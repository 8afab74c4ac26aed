using System.Globalization;
using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Drivers;

/// <summary>The readings of one arrival.</summary>
/// <param name="Time">When the water was taken.</param>
/// <param name="Readings">The readings, in the order of the file.</param>
/// <param name="Position">The last line and a digest of everything up to it.</param>
internal sealed record ReplayGroup(Instant Time, IReadOnlyList<Reading> Readings, string Position);

/// <summary>Cuts a file of observations into arrivals.</summary>
internal static class ReplayFile
{
    /// <summary>More would not fit into one envelope where every reading has its raw text.</summary>
    private const int MostReadings = 128;

    /// <summary>
    /// Consecutive lines of one time make one group; a parameter that comes again from the same instrument begins the next,
    /// because it is another arrival.
    /// </summary>
    /// <exception cref="FormatException">A line is wrong; the message begins with its number.</exception>
    public static IEnumerable<ReplayGroup> Groups(TextReader text, string instrument)
    {
        var lines = new List<ObservationLine>();
        string? section = null;
        var digest = default(Digest);
        foreach (var line in ObservationCsv.Read(text))
        {
            section ??= line.Section;
            Check(line, section);
            if (lines.Count > 0 && BeginsGroup(line, lines))
            {
                yield return Group(lines, instrument, ref digest);
                lines.Clear();
            }

            lines.Add(line);
        }

        if (lines.Count > 0)
        {
            yield return Group(lines, instrument, ref digest);
        }
    }

    private static void Check(ObservationLine line, string section)
    {
        if (line.Section != section)
        {
            throw new FormatException($"line {line.Line}: section '{line.Section}' where the file began with '{section}'; a station replays one section, so split the file");
        }

        if (line.Instrument is { } instrument && !Names.IsInstrument(instrument))
        {
            throw new FormatException($"line {line.Line}: instrument '{instrument}' is not an id of 1 to 32 letters, digits and . _ -");
        }

        if (!WireText.IsAllowed(line.Unit, WireLimits.Unit))
        {
            throw new FormatException($"line {line.Line}: unit '{line.Unit}' is longer than {WireLimits.Unit} bytes or holds a control character; give the UCUM unit");
        }
    }

    private static bool BeginsGroup(ObservationLine line, List<ObservationLine> lines) =>
        line.Time != lines[0].Time
        || lines.Count == MostReadings
        || lines.Exists(l => l.Parameter == line.Parameter && l.Instrument == line.Instrument);

    private static ReplayGroup Group(List<ObservationLine> lines, string instrument, ref Digest digest)
    {
        var text = new StringBuilder(digest.ToString());
        foreach (var line in lines)
        {
            text.Append('\n').AppendJoin('\u001f', line.Section, line.TimeText, line.Parameter, line.Value, line.Unit, line.Flag, line.DetectionLimit, line.Source, line.Instrument);
        }

        digest = Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
        var position = string.Create(CultureInfo.InvariantCulture, $"{lines[^1].Line} {digest}");
        return new ReplayGroup(lines[0].Time, [.. lines.Select(line => Reading(line, instrument))], position);
    }

    private static Reading Reading(ObservationLine line, string instrument) => new()
    {
        Parameter = line.Parameter,
        Value = line.Value,
        Missing = line.Value is null ? MissingReason.NotReported : null,
        Unit = line.Unit,
        Flag = line.Flag,
        Instrument = line.Instrument ?? instrument,
        SampledFrom = line.Time,
        SampledTo = line.Time,
        DatedBy = DatedBy.Instrument,
        DetectionLimit = line.DetectionLimit,
        Raw = line.Value?.ToString(),
    };
}
