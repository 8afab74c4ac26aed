using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Commanding;

/// <summary>Publishes, retained, for each station the command that has waited longest, until the station has answered it; then the next, or an empty message.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CommandPublisher : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, Digest?> _published = new(StringComparer.Ordinal);
    private readonly CommandStore _store;
    private readonly string _operator;
    private readonly IStationListener _channel;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public CommandPublisher(CommandStore store, string operatorId, IStationListener channel, ILogger logger, TimeProvider time) =>
        (_store, _operator, _channel, _logger, _time) = (store, operatorId, channel, logger, time);

    public void Start() => _loop = Task.Run(LoopAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await LookAsync();
                await Task.Delay(Period, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; what waits is published again at the next start.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            if (!_channel.Connected)
            {
                return;
            }

            var waiting = _store.Waiting().ToDictionary(c => c.Command.Station, StringComparer.Ordinal);
            foreach (var command in waiting.Values.Where(c => _published.GetValueOrDefault(c.Command.Station) != c.Envelope.Digest))
            {
                await PublishAsync(command);
            }

            foreach (var station in _published.Where(p => p.Value is not null && !waiting.ContainsKey(p.Key)).Select(p => p.Key).ToList())
            {
                await _channel.PublishRetainedAsync(Topics.Command(station, _operator), [], _stop.Token);
                _published[station] = null;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            _logger.LogWarning("A command did not leave and is tried again: {Message}", e.Message);
        }
    }

    private async Task PublishAsync(SentCommand sent)
    {
        var station = sent.Command.Station;
        if (sent.Document is { } document)
        {
            // Before the command that names it: nothing overtakes on a connection.
            await _channel.PublishRetainedAsync(Topics.Configuration(station, _operator), document, _stop.Token);
        }

        await _channel.PublishRetainedAsync(Topics.Command(station, _operator), sent.Envelope.Bytes.ToArray(), _stop.Token);
        _published[station] = sent.Envelope.Digest;
        _logger.LogInformation("Command {Sequence} to {Station}, {Name}, is published", sent.Command.Sequence, station, sent.Command.Name);
    }
}
