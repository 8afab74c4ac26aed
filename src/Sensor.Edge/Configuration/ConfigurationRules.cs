using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>The rules that a configuration made in code must satisfy as well; one read from a file always does.</summary>
internal static class ConfigurationRules
{
    /// <exception cref="DocumentException">It does not; every problem is in the exception.</exception>
    public static void Require(StationConfiguration configuration)
    {
        DocumentProblem[] problems = [.. Problems(configuration)];
        if (problems.Length > 0)
        {
            throw new DocumentException("station configuration", problems);
        }
    }

    private static IEnumerable<DocumentProblem> Problems(StationConfiguration c)
    {
        if (!Names.IsLowerId(c.Deployment) || !Names.IsStation(c.Station))
        {
            yield return new DocumentProblem("station", $"'{c.Station}' of deployment '{c.Deployment}' is not a station of a deployment", "Give ids of the form that docs/station.md states");
        }

        var operators = c.Operators.Select(o => o.Id).Distinct(StringComparer.Ordinal).Count(Names.IsLowerId);
        if (operators != c.Operators.Count || operators is 0 or > WireLimits.Operators)
        {
            yield return new DocumentProblem("operators", "must be 1 to 16 with different ids", "Correct the list");
        }

        if (c.Outbox.MaxBytes < OutboxConfiguration.LeastBytes || c.Outbox.MaxAge <= TimeSpan.Zero)
        {
            yield return new DocumentProblem("outbox", "has a bound that is too small", $"Give at least {OutboxConfiguration.LeastBytes} bytes and a positive age");
        }

        var instruments = c.Instruments.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count(Names.IsInstrument);
        if (instruments != c.Instruments.Count || instruments == 0)
        {
            yield return new DocumentProblem("instruments", "must be at least one, with different ids", "Correct the list");
        }

        if (c.Buses.Select(b => b.Id).Distinct(StringComparer.Ordinal).Count(Names.IsInstrument) != c.Buses.Count)
        {
            yield return new DocumentProblem("buses", "must have different ids", "Correct the list");
        }

        if (c.Actuators.Select(a => a.Id).Distinct(StringComparer.Ordinal).Count(Names.IsInstrument) != c.Actuators.Count || c.Actuators.Any(a => c.Buses.All(bus => bus.Id != a.Options.Bus)))
        {
            yield return new DocumentProblem("actuators", "must have different ids and buses of the station", "Correct the list");
        }

        foreach (var (instrument, index) in c.Instruments.Select((instrument, index) => (instrument, index)))
        {
            var driver = DriverCatalog.Of(instrument.Options);
            if (driver.Problem(instrument.Options) is { } problem)
            {
                yield return new DocumentProblem($"instruments[{index}].options", problem, "Correct the file or its path");
            }

            if (instrument.Options.Bus is { } bus && c.Buses.All(known => known.Id != bus))
            {
                yield return new DocumentProblem($"instruments[{index}].options.bus", $"'{bus}' is not one of the station's buses", "Add the bus or correct its id");
            }

            foreach (var mistake in SamplingRules.Problems(instrument, c.Actuators))
            {
                yield return mistake with { Path = $"instruments[{index}].{mistake.Path}" };
            }

            if (driver.DrivenByData != instrument.Cadence is null || (instrument.Cadence is { } cadence && (!InstrumentReader.IsCadence(cadence) || instrument.Timeout > cadence)))
            {
                yield return new DocumentProblem($"instruments[{index}].cadence", "does not fit the driver, does not divide a day or is shorter than the timeout", "Correct it");
            }
        }
    }
}
