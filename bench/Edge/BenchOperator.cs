using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Edge;

/// <summary>An operator that receipts what it holds, at most once a second, as an ingest does; it verifies and keeps nothing.</summary>
internal sealed class BenchOperator : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Lock _gate = new();
    private readonly Dictionary<(LifeId Run, long Sequence), Digest> _held = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _receipts = Task.CompletedTask;
    private long _acknowledged;

    private BenchOperator(SigningKey key) => Key = key;

    public SigningKey Key { get; }

    /// <summary>The distinct records that came.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    public static async Task<BenchOperator> ConnectAsync(int port, SigningKey? key = null)
    {
        var made = new BenchOperator(key ?? SigningKey.Create());
        made._client.ApplicationMessageReceivedAsync += made.TakeAsync;
        await made._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build());
        await made._client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(f => f.WithTopic(Topics.Records(NativeStation.Id)).WithAtLeastOnceQoS())
            .WithTopicFilter(f => f.WithTopic(Topics.Backlog(NativeStation.Id)).WithAtLeastOnceQoS()).Build());
        made._receipts = Task.Run(made.ReceiptAsync);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receipts;
        _client.Dispose();
        _stop.Dispose();
    }

    private Task TakeAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        if (!EnvelopeSequence.TrySplit(received.ApplicationMessage.Payload.ToArray(), out var items, out _))
        {
            throw new InvalidDataException("a message is no sequence of envelopes");
        }

        lock (_gate)
        {
            foreach (var item in items)
            {
                if (Envelope.TryParse(item, out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _))
                {
                    _held.TryAdd((decoded.Header.Run, decoded.Header.Sequence), envelope.Digest);
                }
            }
        }

        return Task.CompletedTask;
    }

    private async Task ReceiptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var receipt in News())
            {
                var envelope = Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(receipt), Key);
                await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(Topics.Receipt(NativeStation.Id, "operator")).WithPayload(envelope.Bytes.ToArray())
                    .WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<Receipt> News()
    {
        lock (_gate)
        {
            if (_held.Count == _acknowledged)
            {
                return [];
            }

            _acknowledged = _held.Count;
            return [.. _held.Keys.GroupBy(k => k.Run).Select(run => Of(run.Key, [.. run.Select(k => k.Sequence).Order()]))];
        }
    }

    private Receipt Of(LifeId run, long[] sequences)
    {
        var through = sequences.TakeWhile((sequence, i) => sequence == i + 1).Count();
        return new Receipt
        {
            Deployment = "bench",
            Station = NativeStation.Id,
            Operator = "operator",
            Run = run,
            Through = through,
            ThroughDigest = through == 0 ? null : _held[(run, through)],
            Time = Instant.From(DateTimeOffset.UtcNow),
            LogSize = _held.Count,
            LogRoot = Digest.Of("bench"u8),
        };
    }
}
