using System.Collections.Concurrent;
using System.Globalization;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>What was ordered from afar about the sampling of instruments: another cadence, a sample now.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SamplingOrders(StationConfiguration configuration, StationOutbox outbox)
{
    private readonly Dictionary<string, ChangeSignal> _changed = configuration.Instruments.ToDictionary(i => i.Id, _ => new ChangeSignal(), StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _samples = new(StringComparer.Ordinal);

    /// <summary>Completes when something is ordered of an instrument.</summary>
    public Task NextOf(string instrument) => _changed[instrument].Next;

    /// <summary>How often it is read: as ordered, as long as the configuration is the one under which it was ordered.</summary>
    public TimeSpan CadenceOf(InstrumentConfiguration instrument) =>
        outbox.PositionOf(KeyOf(instrument.Id))?.Split(' ') is [var milliseconds, var under] && under == configuration.Digest.ToString()
            ? TimeSpan.FromMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture))
            : instrument.Cadence!.Value;

    /// <summary>How a cadence is remembered.</summary>
    public DriverPosition Position(string instrument, TimeSpan cadence) =>
        new(KeyOf(instrument), string.Create(CultureInfo.InvariantCulture, $"{(long)cadence.TotalMilliseconds} {configuration.Digest}"));

    public void OrderSample(string instrument)
    {
        _samples[instrument] = true;
        Raise(instrument);
    }

    /// <summary>Whether a sample was ordered; it counts as taken then.</summary>
    public bool TakeSample(string instrument) => _samples.TryRemove(instrument, out _);

    /// <summary>Lets the loop of an instrument look again.</summary>
    public void Raise(string instrument) => _changed[instrument].Raise();

    /// <summary>No instrument has a / in its id.</summary>
    private static string KeyOf(string instrument) => "cadence/" + instrument;
}
