using System.Collections.Concurrent;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.Gpio;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>
/// Whether maintenance of an instrument is under way: a switch said that it began and not that it ended. The switches' durable positions tell it
/// also after a restart; while the storage takes nothing, what was said last goes before them.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Maintenance(IReadOnlyList<InstrumentConfiguration> instruments, StationOutbox outbox)
{
    private const string Flag = "M";

    private readonly (string Id, string? For)[] _switches =
        [.. instruments.Where(i => i.Options is MaintenanceSwitchOptions).Select(i => (i.Id, ((MaintenanceSwitchOptions)i.Options).For))];

    private readonly ConcurrentDictionary<string, string> _said = new(StringComparer.Ordinal);

    public bool IsUnderWay(string instrument) =>
        _switches.Any(s => (s.For is null || s.For == instrument) && (_said.GetValueOrDefault(s.Id) ?? outbox.PositionOf(s.Id)) == ContactWatch.Closed);

    /// <summary>An instrument said something; its event need not be durable yet.</summary>
    public void Note(string instrument, DriverReply.Happened happened)
    {
        if (happened.Position is { } position)
        {
            _said[instrument] = position;
        }
    }

    /// <summary>The same readings, which no decision uses.</summary>
    public static DriverReply.Sampled Marked(DriverReply.Sampled sampled) => sampled with { Readings = [.. sampled.Readings.Select(reading => reading with { Flag = Flag })] };
}
