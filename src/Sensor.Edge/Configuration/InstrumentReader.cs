using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>Reads one element of <c>instruments</c>.</summary>
internal static class InstrumentReader
{
    private const string CadenceExpected = "a duration that divides a day, such as 1m or 4h";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The instrument, or null when its driver or options are wrong; every mistake is noted.</summary>
    public static InstrumentConfiguration? Read(StrictObject entry, string id, DriverContext context)
    {
        var name = entry.Text("driver", name => DriverCatalog.Find(name) is not null, "one of " + string.Join(", ", DriverCatalog.All.Select(d => d.Name)));
        var driver = DriverCatalog.Find(name);
        var cadence = Cadence(entry, driver);
        var timeout = Span(entry, "timeout", TimeSpan.FromMilliseconds(10), cadence ?? Day);
        if (driver is null)
        {
            return null;
        }

        var options = ReadOptions(entry, driver, context);
        var sampling = SamplingReader.Read(entry.OptionalChild("sampling"));
        entry.End();
        var usual = cadence < InstrumentConfiguration.DefaultTimeout ? cadence.Value : InstrumentConfiguration.DefaultTimeout;
        return options is null
            ? null
            : Checked(entry, new InstrumentConfiguration { Id = id, Cadence = cadence, Timeout = timeout ?? usual, Sampling = sampling, Options = options }, context);
    }

    /// <summary>A duration within bounds that may be absent.</summary>
    public static TimeSpan? Span(StrictObject from, string member, TimeSpan least, TimeSpan most)
    {
        bool Fits(string text) => Durations.TryParse(text, out var span) && span >= least && span <= most;
        var given = from.OptionalText(member, Fits, $"{Durations.Expected} from {Durations.Format(least)} to {Durations.Format(most)}");
        return given is { Length: > 0 } && Durations.TryParse(given, out var read) ? read : null;
    }

    /// <summary>Whether slots of this distance hit the same times every day.</summary>
    public static bool IsCadence(TimeSpan span) => span >= TimeSpan.FromSeconds(1) && Day.Ticks % span.Ticks == 0;

    private static InstrumentConfiguration Checked(StrictObject entry, InstrumentConfiguration read, DriverContext context)
    {
        foreach (var problem in SamplingRules.Problems(read, context.Actuators))
        {
            entry.Problem(problem.Path, problem.What, problem.Remedy);
        }

        return read;
    }

    private static TimeSpan? Cadence(StrictObject entry, DriverEntry? driver)
    {
        bool Divides(string text) => Durations.TryParse(text, out var span) && IsCadence(span);
        var given = driver is { DrivenByData: false }
            ? entry.Text("cadence", Divides, CadenceExpected)
            : entry.OptionalText("cadence", Divides, CadenceExpected);
        if (driver is { DrivenByData: true } && given is { Length: > 0 })
        {
            entry.Problem("cadence", $"the driver {driver.Name} brings its own times", "Remove cadence");
            return null;
        }

        return given is { Length: > 0 } && Durations.TryParse(given, out var cadence) ? cadence : null;
    }

    private static DriverOptions? ReadOptions(StrictObject entry, DriverEntry driver, DriverContext context)
    {
        if (entry.OptionalChild("options") is { } options)
        {
            var read = driver.ReadOptions(options, context);
            options.End();
            return read;
        }

        // Absent is the same as empty; what is mandatory must still be asked for, under its path.
        try
        {
            return StrictDocument.Read("options", "{}"u8.ToArray(), empty => driver.ReadOptions(empty, context));
        }
        catch (DocumentException e)
        {
            foreach (var problem in e.Problems)
            {
                entry.Problem("options." + problem.Path, problem.What, problem.Remedy);
            }

            return null;
        }
    }
}
