using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Commands;

/// <summary>Reads instruments once, without signing or keeping anything.</summary>
internal sealed class InstrumentTrial(StationConfiguration configuration, IBusHardware hardware, TimeProvider time) : IAsyncDisposable
{
    private readonly StationBuses _buses = new(configuration.Buses, hardware);

    /// <summary>The station's buses.</summary>
    public StationBuses Buses => _buses;

    /// <summary>Reads one instrument within its timeout.</summary>
    public async Task<DriverReply> ReadAsync(InstrumentConfiguration instrument, CancellationToken cancellation)
    {
        var driver = DriverCatalog.Of(instrument.Options).Create(new DriverTools(instrument.Id, instrument.Timeout, _buses, time), instrument.Options);
        await using var disposed = driver.ConfigureAwait(false);
        return await new GuardedRead(driver, instrument.Timeout, time).ReadAsync(new SampleRequest(Instant.From(time.GetUtcNow()), null), cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _buses.DisposeAsync();
}
