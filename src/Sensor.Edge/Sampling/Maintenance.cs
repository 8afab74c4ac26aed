using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.Gpio;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>
/// Whether maintenance of an instrument is under way: a switch, or a person by the command line, said that it began and not that it ended. Durable
/// positions tell it also after a restart; while the storage takes nothing, what a switch said last goes before them.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Maintenance(IReadOnlyList<InstrumentConfiguration> instruments, StationOutbox outbox)
{
    private const string Flag = "M";
    private const string Begun = "begun";
    private const string Ended = "ended";

    private readonly (string Id, string? For)[] _switches =
        [.. instruments.Where(i => i.Options is MaintenanceSwitchOptions).Select(i => (i.Id, ((MaintenanceSwitchOptions)i.Options).For))];

    private readonly ConcurrentDictionary<string, string> _said = new(StringComparer.Ordinal);

    public bool IsUnderWay(string instrument) =>
        outbox.PositionOf(KeyOf(null)) == Begun || outbox.PositionOf(KeyOf(instrument)) == Begun || _switches.Any(s => (s.For is null || s.For == instrument) && (_said.GetValueOrDefault(s.Id) ?? outbox.PositionOf(s.Id)) == ContactWatch.Closed);

    /// <summary>Where it is kept that a person let maintenance begin or end; null for every other event.</summary>
    public static DriverPosition? PositionAfter(StationEvent happened) => happened.Type switch
    {
        EventType.MaintenanceBegin => new DriverPosition(KeyOf(happened.Instrument), Begun),
        EventType.MaintenanceEnd => new DriverPosition(KeyOf(happened.Instrument), Ended),
        _ => null,
    };

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

    /// <summary>No instrument has a / in its id.</summary>
    private static string KeyOf(string? instrument) => "maintenance/" + (instrument ?? "*");
}
