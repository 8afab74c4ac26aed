using Sensor.Compliance.Quality;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>The observations of a file as quality tests look at them, each once.</summary>
internal static class QualityObservations
{
    /// <summary>Reads a file.</summary>
    /// <returns>Lines and points, in the order of section, time, parameter, source and instrument.</returns>
    /// <exception cref="BadInputException">The file cannot be read or a line is wrong; the message names file, line and reason.</exception>
    public static IReadOnlyList<(ObservationLine Line, QualityPoint Point)> Read(string path)
    {
        var first = new Dictionary<(string, Instant, string, string?, string?), ObservationLine>();
        var all = new List<(ObservationLine Line, QualityPoint Point)>();
        foreach (var line in ObservationFile.Read(path))
        {
            RequireUnit(path, line);
            if (first.TryAdd((line.Section, line.Time, line.Parameter, line.Source, line.Instrument), line))
            {
                all.Add((line, Point(line)));
            }
            else
            {
                RequireSame(path, line, first[(line.Section, line.Time, line.Parameter, line.Source, line.Instrument)]);
            }
        }

        return [.. all
            .OrderBy(o => o.Point.Section, StringComparer.Ordinal).ThenBy(o => o.Point.Time).ThenBy(o => o.Point.Parameter, StringComparer.Ordinal)
            .ThenBy(o => o.Point.Series, StringComparer.Ordinal).ThenBy(o => o.Point.Instrument, StringComparer.Ordinal)];
    }

    private static QualityPoint Point(ObservationLine line) =>
        new(line.Section, line.Time, line.Parameter, line.Source ?? "", line.Instrument ?? "", QualityPoint.ValueOf(line.Value, line.Flag));

    private static void RequireUnit(string path, ObservationLine line)
    {
        if (ParameterCatalogue.Find(line.Parameter) is { } parameter && line.ToObservation().Unit != parameter.Unit)
        {
            throw new BadInputException($"{path}: line {line.Line}: unit '{line.Unit}' of {line.Parameter} is not {parameter.Unit}; convert the value");
        }
    }

    private static void RequireSame(string path, ObservationLine line, ObservationLine first)
    {
        if (line.Flag != first.Flag || Point(line).Value != Point(first).Value || line.Value is null != first.Value is null)
        {
            throw new BadInputException($"{path}: line {line.Line}: {line.Parameter} of this section and time stands with other content on line {first.Line}; keep one of the two");
        }
    }
}
