using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Tests.Support;

/// <summary>An operator that only commands: it signs orders and publishes them, retained, as its ingest would.</summary>
internal sealed class CommandingOperator : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    private CommandingOperator(string id, SigningKey key) => (Id, Key) = (id, key);

    public string Id { get; }

    public SigningKey Key { get; }

    /// <summary>The logs that the station sent.</summary>
    public ConcurrentQueue<string> Logs { get; } = [];

    public static async Task<CommandingOperator> ConnectAsync(string id, SigningKey key, int port)
    {
        var made = new CommandingOperator(id, key);
        made._client.ApplicationMessageReceivedAsync += received =>
        {
            made.Logs.Enqueue(Encoding.UTF8.GetString(received.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await made._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithClientId("commands-" + id).Build());
        await made._client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(f => f.WithTopic(Topics.Log(Some.Station, id)).WithAtLeastOnceQoS()).Build());
        return made;
    }

    public Envelope Sign(long sequence, string name, params (string Name, string Value)[] arguments) => Envelope.Sign(
        ContentTypes.Command,
        CommandCodec.Encode(new Command
        {
            Deployment = Some.Deployment,
            Station = Some.Station,
            Operator = Id,
            Sequence = sequence,
            Issued = new Instant(1_700_000_000_000 + sequence),
            Name = name,
            Arguments = [.. arguments.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => new CommandArgument(a.Name, a.Value))],
        }),
        Key);

    public async Task<Envelope> OrderAsync(long sequence, string name, params (string Name, string Value)[] arguments)
    {
        var envelope = Sign(sequence, name, arguments);
        await PublishAsync(envelope.Bytes.ToArray());
        return envelope;
    }

    public Task PublishAsync(byte[] message) => PublishAsync(Topics.Command(Some.Station, Id), message);

    public Task OfferAsync(byte[] document) => PublishAsync(Topics.Configuration(Some.Station, Id), document);

    public async ValueTask DisposeAsync()
    {
        await _client.DisconnectAsync(new MqttClientDisconnectOptions());
        _client.Dispose();
    }

    private Task<MqttClientPublishResult> PublishAsync(string topic, byte[] message) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(topic).WithPayload(message).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
}
