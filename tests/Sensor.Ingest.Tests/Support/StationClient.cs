using System.Buffers;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Tests.Support;

/// <summary>A station's MQTT client: publishes with QoS 1 and collects receipts, whose signatures it checks.</summary>
internal sealed class StationClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly PublicKey _operator;

    private StationClient(PublicKey operatorKey) => _operator = operatorKey;

    public ConcurrentQueue<Receipt> Receipts { get; } = [];

    public static async Task<StationClient> ConnectAsync(int port, PublicKey operatorKey, string station)
    {
        var client = new StationClient(operatorKey);
        client._client.ApplicationMessageReceivedAsync += client.TakeAsync;
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(station + Guid.NewGuid()).Build();
        await client._client.ConnectAsync(options, TestContext.Current.CancellationToken);
        await client._client.SubscribeAsync(Topics.Receipt(station, "anhui"), MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        return client;
    }

    public Task<MqttClientPublishResult> SendAsync(TestStation station, params ReadOnlyMemory<byte>[] envelopes) =>
        PublishAsync(Topics.Records(station.Id), EnvelopeSequence.Join(envelopes));

    public Task<MqttClientPublishResult> SendAsync(TestStation station, params Envelope[] envelopes) => SendAsync(station, [.. envelopes.Select(e => e.Bytes)]);

    public Task<MqttClientPublishResult> PublishAsync(string topic, byte[] payload) => _client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), TestContext.Current.CancellationToken);

    public Task Receipted(LifeId run, long through) =>
        Until.True(() => Receipts.Any(r => r.Run == run && r.Through >= through), $"a receipt through {through}; got {string.Join(", ", Receipts.Select(r => r.Through))}");

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task TakeAsync(MqttApplicationMessageReceivedEventArgs args)
    {
        Assert.True(Envelope.TryParse(args.ApplicationMessage.Payload.ToArray(), out var envelope, out _));
        Assert.Equal(ContentTypes.Receipt, envelope.ContentType);
        Assert.True(envelope.Verify(_operator));
        Assert.True(ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out _));
        Receipts.Enqueue(receipt);
        return Task.CompletedTask;
    }
}
