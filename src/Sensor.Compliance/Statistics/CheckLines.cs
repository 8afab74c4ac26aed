using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Statistics;

/// <summary>Turns lines of a file of checks into checks.</summary>
public static class CheckLines
{
    /// <summary>The check of a line.</summary>
    public static InstrumentCheck ToCheck(this CheckLine line) => new()
    {
        Section = line.Section,
        Series = line.Source ?? "",
        Instrument = line.Instrument,
        Parameter = line.Parameter,
        Kind = line.Kind,
        At = line.Time,
        Passed = line.Passed,
    };
}
