using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Receiving;

/// <summary>A broker that somebody else runs, heard on two connections so that live records never wait behind a backlog.</summary>
internal sealed class ExternalBrokerListener(ExternalBroker settings, LimitsConfiguration limits, Receiver receiver, ILogger logger, TimeProvider time) : IStationListener
{
    private readonly BrokerConnection _live = new(settings, limits, "live", Topics.AllRecords, receiver, logger, time);
    private readonly BrokerConnection _backlog = new(settings, limits, "backlog", Topics.AllBacklog, receiver, logger, time);

    public bool Connected => _live.Connected && _backlog.Connected;

    public Task StartAsync(CancellationToken stop)
    {
        _live.Start();
        _backlog.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync() => Task.WhenAll(_live.StopAsync(), _backlog.StopAsync());

    public Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken stop) => _live.PublishRetainedAsync(topic, payload, stop);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _live.Dispose();
        _backlog.Dispose();
    }
}
