using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace WaterWatch.Demo;

/// <summary>One section whose recorded observations a station replays.</summary>
/// <param name="Station">The station that replays it.</param>
/// <param name="Section">The section, as the data name it.</param>
/// <param name="Name">The section in English, or as the data name it.</param>
/// <param name="File">The CSV of that section alone.</param>
/// <param name="Instants">How many records its station will sign: one for each run of lines of one time.</param>
/// <param name="From">The first time in it.</param>
/// <param name="To">The last time in it.</param>
internal sealed record RecordedSection(string Station, string Section, string Name, string File, int Instants, Instant From, Instant To)
{
    /// <summary>
    /// Reads every CSV file of a folder in ordinal order of the names and writes one file per section, lines in order of arrival.
    /// </summary>
    /// <param name="folder">The folder with CSV files and perhaps a <c>sections.json</c> that names stations.</param>
    /// <param name="work">Where the files per section go.</param>
    /// <exception cref="FormatException">A line is wrong; the message names file and line.</exception>
    public static IReadOnlyList<RecordedSection> ReadFolder(string folder, string work)
    {
        var files = Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            throw new FormatException($"{folder} holds no .csv file; give a folder with files of the header section,time,parameter,value,unit,flag");
        }

        var bySection = files.SelectMany(Lines).GroupBy(line => line.Section, StringComparer.Ordinal).ToArray();
        var known = SectionNames.Read(Path.Combine(folder, "sections.json"));
        return [.. bySection.Select((lines, i) => Write(lines, known.GetValueOrDefault(lines.Key) ?? new SectionNames($"STATION-{i + 1:D2}", lines.Key), work))];
    }

    private static List<ObservationLine> Lines(string file)
    {
        try
        {
            using var text = new StreamReader(file, Encoding.UTF8);
            return [.. ObservationCsv.Read(text)];
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file}, {e.Message}", e);
        }
    }

    private static RecordedSection Write(IGrouping<string, ObservationLine> lines, SectionNames names, string work)
    {
        var file = Path.Combine(work, names.Station + ".csv");
        using var text = new StreamWriter(file);
        text.Write("section,time,parameter,value,unit,flag,detectionLimit\n");
        foreach (var line in lines)
        {
            text.Write($"{CsvReader.Quote(line.Section)},{line.TimeText},{line.Parameter},{line.Value},{CsvReader.Quote(line.Unit)},{line.Flag},{line.DetectionLimit}\n");
        }

        var instants = 1 + lines.Zip(lines.Skip(1), (a, b) => a.Time != b.Time || b.Parameter == lines.First().Parameter).Count(isNew => isNew);
        return new RecordedSection(names.Station, lines.Key, names.Name, file, instants, lines.Min(l => l.Time), lines.Max(l => l.Time));
    }
}
