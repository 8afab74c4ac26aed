using System.Data.Common;
using System.Threading.Channels;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Checkpoints;

/// <summary>Keeps every receipt that leaves, many in one transaction and behind the publishing: records name receipts by their digests, and only who kept them knows what they said.</summary>
/// <remarks>Thread-safe. What a crash takes of the last moments is told as missing and accuses nobody.</remarks>
internal sealed class ReceiptArchive : IReceiptChannel, IAsyncDisposable
{
    private const int MostAtOnce = 1024;
    private readonly IReceiptChannel _channel;
    private readonly ReceiptStore _store;
    private readonly ILogger _logger;
    private readonly Channel<byte[]> _left = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    public ReceiptArchive(IReceiptChannel channel, ReceiptStore store, ILogger logger)
    {
        (_channel, _store, _logger) = (channel, store, logger);
        _loop = Task.Run(LoopAsync);
    }

    public async Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken stop)
    {
        // Even one whose sending failed may have reached the broker.
        _left.Writer.TryWrite(payload);
        await _channel.PublishRetainedAsync(topic, payload, stop);
    }

    public async ValueTask DisposeAsync()
    {
        _left.Writer.TryComplete();
        await _loop;
    }

    private async Task LoopAsync()
    {
        while (await _left.Reader.WaitToReadAsync())
        {
            var batch = new List<byte[]>();
            while (batch.Count < MostAtOnce && _left.Reader.TryRead(out var payload))
            {
                batch.Add(payload);
            }

            Keep(batch);
        }
    }

    private void Keep(List<byte[]> batch)
    {
        try
        {
            _store.Keep(batch.Select(payload => Envelope.TryParse(payload, out var envelope, out var refusal) ? envelope : throw new FormatException(refusal.Detail)));
        }
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException or FormatException)
        {
            _logger.LogWarning("{Count} receipts were not kept; bundles will lack them: {Message}", batch.Count, e.Message);
        }
    }
}
