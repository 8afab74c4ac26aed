using System.Buffers;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Protocol;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Tests.Support;

/// <summary>One message as an operator received it.</summary>
internal sealed record Received(string Topic, IReadOnlyList<RecordHeader> Records);

/// <summary>An operator that takes records from a broker and receipts them when told to.</summary>
internal sealed class TestOperator : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Lock _gate = new();
    private readonly Dictionary<(LifeId Run, long Sequence), Digest> _held = [];
    private long _time = 1_700_000_000_000;
    private string _id = "";
    private int _maxInFlight;
    private int _unreceipted;

    public SigningKey Key { get; } = SigningKey.Create();

    public string Id => _id;

    /// <summary>Whether every message is receipted as soon as it came.</summary>
    public volatile bool Answers;

    public ConcurrentQueue<Received> Messages { get; } = [];

    /// <summary>The most records that were ever held without a receipt having been published for them.</summary>
    public int MaxUnreceipted => Volatile.Read(ref _maxInFlight);

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

    /// <summary>What is held, by identity.</summary>
    public Dictionary<(LifeId Run, long Sequence), Digest> Digests
    {
        get
        {
            lock (_gate)
            {
                return new(_held);
            }
        }
    }

    public static async Task<TestOperator> ConnectAsync(string id, int port, bool answers)
    {
        var made = new TestOperator { _id = id, Answers = answers };
        await made.ConnectAsync(port);
        return made;
    }

    public async Task ConnectAsync(int port)
    {
        _client.ApplicationMessageReceivedAsync -= ReceiveAsync;
        _client.ApplicationMessageReceivedAsync += ReceiveAsync;
        await _client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithClientId("operator-" + _id).Build());
        await _client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(f => f.WithTopic(Topics.AllRecords).WithAtLeastOnceQoS())
            .WithTopicFilter(f => f.WithTopic(Topics.AllBacklog).WithAtLeastOnceQoS()).Build());
    }

    public Task DisconnectAsync() => _client.DisconnectAsync(new MqttClientDisconnectOptions());

    /// <summary>Publishes receipts for everything held.</summary>
    public async Task ReceiptAsync()
    {
        Receipt[] receipts;
        lock (_gate)
        {
            receipts = [.. _held.Keys.GroupBy(k => k.Run).Select(run => Receipt(run.Key, [.. run.Select(k => k.Sequence).Order()]))];
            Interlocked.Exchange(ref _unreceipted, 0);
        }

        foreach (var receipt in receipts)
        {
            await PublishAsync(Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(receipt), Key).Bytes.ToArray());
        }
    }

    public Task PublishAsync(byte[] receipt) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(Topics.Receipt(Some.Station, _id)).WithPayload(receipt).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await DisconnectAsync();
        }

        _client.Dispose();
        Key.Dispose();
    }

    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        Assert.True(EnvelopeSequence.TrySplit(received.ApplicationMessage.Payload.ToArray(), out var items, out _));
        var headers = new List<RecordHeader>();
        lock (_gate)
        {
            foreach (var item in items)
            {
                Assert.True(Envelope.TryParse(item, out var envelope, out _));
                Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
                headers.Add(decoded.Header);
                if (_held.TryAdd((decoded.Header.Run, decoded.Header.Sequence), envelope.Digest))
                {
                    _maxInFlight = Math.Max(_maxInFlight, Interlocked.Increment(ref _unreceipted));
                }
            }
        }

        Messages.Enqueue(new Received(received.ApplicationMessage.Topic, headers));
        if (Answers)
        {
            await ReceiptAsync();
        }
    }

    private Receipt Receipt(LifeId run, long[] sequences)
    {
        var through = sequences.TakeWhile((sequence, i) => sequence == i + 1).Count();
        var beyond = new List<SequenceRange>();
        foreach (var sequence in sequences.Skip(through))
        {
            if (beyond.Count > 0 && beyond[^1].Last == sequence - 1)
            {
                beyond[^1] = beyond[^1] with { Last = sequence };
            }
            else
            {
                beyond.Add(new SequenceRange(sequence, sequence));
            }
        }

        return new Receipt
        {
            Deployment = Some.Deployment,
            Station = Some.Station,
            Operator = _id,
            Run = run,
            Through = through,
            Beyond = [.. beyond.Take(WireLimits.Ranges)],
            ThroughDigest = through == 0 ? null : _held[(run, through)],
            Time = new Instant(++_time),
            LogSize = _held.Count,
            LogRoot = Digest.Of("log"u8),
        };
    }
}
