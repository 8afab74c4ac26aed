using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Statistics;

/// <summary>Turns lines of an observation file into observations.</summary>
public static class ObservationLines
{
    /// <summary>
    /// The observation of a line. The line number is its order; its trust is <see cref="Trust.Imported"/>, for nobody signed the file.
    /// A unit that is another spelling of the parameter's own (<c>mg/l</c>, <c>pH</c>) is written as the catalogue has it.
    /// </summary>
    public static Observation ToObservation(this ObservationLine line) => new()
    {
        Section = line.Section,
        Series = line.Source ?? "",
        Instrument = line.Instrument ?? "",
        Parameter = line.Parameter,
        SampledFrom = line.Time,
        SampledTo = line.Time,
        Time = line.TimeMethod is { } word && TimeMethods.TryParse(word, out var method) ? TimeInterval.Of(method, line.Earliest?.UnixMilliseconds, line.Latest?.UnixMilliseconds) : null,
        Value = line.Value,
        Missing = line.Value is null ? MissingReason.NotReported : null,
        Unit = UnitOf(line),
        Flag = line.Flag,
        DetectionLimit = line.DetectionLimit,
        Trust = Trust.Imported,
        Order = line.Line,
    };

    private static string UnitOf(ObservationLine line)
    {
        var own = ParameterCatalogue.Find(line.Parameter)?.Unit;
        var same = line.Unit.Replace("/l", "/L", StringComparison.Ordinal) == own || (own == "[pH]" && line.Unit is "1" or "pH");
        return same ? own! : line.Unit;
    }
}
