using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>One observation of a file, the value that tests may look at, and what they said.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="Value">The value; null where it is missing or the station's flag says that it does not stand for the water.</param>
internal sealed record QualityObservation(ObservationLine Line, ExactDecimal? Value)
{
    public List<(ConfiguredTest Test, Sensor.Compliance.Quality.QualityResult Result)> Results { get; } = [];

    public string Source => Line.Source ?? "";

    public string Instrument => Line.Instrument ?? "";
}

/// <summary>The observations of a file, each once, in the order of section, time, parameter, source and instrument.</summary>
internal sealed class QualityObservations
{
    private readonly Dictionary<(string Section, string Parameter), List<QualityObservation>> _byPlace;

    private QualityObservations(IReadOnlyList<QualityObservation> all)
    {
        All = all;
        _byPlace = all.GroupBy(o => (o.Line.Section, o.Line.Parameter)).ToDictionary(g => g.Key, g => g.ToList());
    }

    /// <summary>Every observation.</summary>
    public IReadOnlyList<QualityObservation> All { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or a line is wrong; the message names file, line and reason.</exception>
    public static QualityObservations Read(string path)
    {
        var first = new Dictionary<(string, Instant, string, string?, string?), ObservationLine>();
        var all = new List<QualityObservation>();
        foreach (var line in ObservationFile.Read(path))
        {
            RequireUnit(path, line);
            if (first.TryAdd((line.Section, line.Time, line.Parameter, line.Source, line.Instrument), line))
            {
                all.Add(new QualityObservation(line, Usable(line)));
            }
            else
            {
                RequireSame(path, line, first[(line.Section, line.Time, line.Parameter, line.Source, line.Instrument)]);
            }
        }

        return new QualityObservations([.. all
            .OrderBy(o => o.Line.Section, StringComparer.Ordinal).ThenBy(o => o.Line.Time).ThenBy(o => o.Line.Parameter, StringComparer.Ordinal)
            .ThenBy(o => o.Source, StringComparer.Ordinal).ThenBy(o => o.Instrument, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The value of another parameter or section nearest to a moment, the earlier of two equally near: that of the same source where it has one,
    /// else the only one. Null where it is missing, too far, or not the only one.
    /// </summary>
    public ExactDecimal? Nearest(QualityObservation to, string section, string parameter, Instant moment, long within)
    {
        if (!_byPlace.TryGetValue((section, parameter), out var there))
        {
            return null;
        }

        var place = FirstNotBefore(there, moment);
        var near = new[] { place - 1, place }.Where(i => i >= 0 && i < there.Count).Select(i => there[i].Line.Time)
            .Where(t => Distance(t, moment) <= within).OrderBy(t => Distance(t, moment)).ThenBy(t => t).ToList();
        if (near.Count == 0)
        {
            return null;
        }

        var candidates = Around(there, place, near[0]);
        var own = candidates.Where(o => o.Source == to.Source).ToList();
        return own.Count == 1 ? own[0].Value : own.Count == 0 && candidates.Count == 1 ? candidates[0].Value : null;
    }

    private static int FirstNotBefore(List<QualityObservation> there, Instant moment)
    {
        var (low, high) = (0, there.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = there[middle].Line.Time < moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<QualityObservation> Around(List<QualityObservation> there, int place, Instant time)
    {
        var from = int.Min(place, there.Count - 1);
        while (from > 0 && there[from - 1].Line.Time >= time)
        {
            from--;
        }

        return [.. there.Skip(from).SkipWhile(o => o.Line.Time < time).TakeWhile(o => o.Line.Time == time)];
    }

    private static long Distance(Instant a, Instant b) => long.Abs(a.UnixMilliseconds - b.UnixMilliseconds);

    private static ExactDecimal? Usable(ObservationLine line) =>
        line.Value is { } value && Flag.UseOf(line.Flag) is FlagUse.Usable or FlagUse.BelowDetection or FlagUse.AboveRange ? ExactDecimal.From(value) : null;

    private static void RequireUnit(string path, ObservationLine line)
    {
        if (ParameterCatalogue.Find(line.Parameter) is { } parameter && line.ToObservation().Unit != parameter.Unit)
        {
            throw new BadInputException($"{path}: line {line.Line}: unit '{line.Unit}' of {line.Parameter} is not {parameter.Unit}; convert the value");
        }
    }

    private static void RequireSame(string path, ObservationLine line, ObservationLine first)
    {
        if (line.Flag != first.Flag || Usable(line) != Usable(first) || line.Value is null != first.Value is null)
        {
            throw new BadInputException($"{path}: line {line.Line}: {line.Parameter} of this section and time stands with other content on line {first.Line}; keep one of the two");
        }
    }
}
