using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Receiving;

/// <summary>
/// One persistent session at a broker. Messages are acknowledged in their order, each only when it is durable; the broker hands over
/// at most the receive maximum before that. A message that could not be made durable ends the connection, so that the broker sends it again.
/// Where workers share what comes, the session ends with the connection: kept for a worker that died, it would go on taking its share.
/// </summary>
internal sealed class BrokerConnection : IDisposable
{
    private const uint OneWeek = 7 * 24 * 3600;

    // Topic and properties come on top of the payload.
    private const int PacketOverhead = 65_536;
    private readonly ExternalBroker _settings;
    private readonly LimitsConfiguration _limits;
    private readonly string _name;
    private readonly string _filter;
    private readonly string _clientId;
    private readonly IMessageTaker _taker;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _stop = new();
    private Channel<(Task Durable, MqttApplicationMessageReceivedEventArgs Message)> _unacknowledged = null!;
    private Task _loop = Task.CompletedTask;
    private volatile bool _subscribed;

    public BrokerConnection(ExternalBroker settings, LimitsConfiguration limits, string name, string filter, IMessageTaker taker, ILogger logger, TimeProvider time)
    {
        (_settings, _limits, _name, _taker, _logger, _time) = (settings, limits, name, taker, logger, time);
        (_filter, _clientId) = settings.Share is { } share
            ? ($"$share/{share}/{filter}", $"{settings.ClientId}-{Guid.NewGuid():N}-{name}")
            : (filter, $"{settings.ClientId}-{name}");
        _client.ApplicationMessageReceivedAsync += TakeAsync;
    }

    public bool Connected => _client.IsConnected && _subscribed;

    public void Start() => _loop = Task.Run(LoopAsync);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public async Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken stop)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var result = await _client.PublishAsync(message, stop);
        if (!result.IsSuccess)
        {
            throw new IOException($"the broker refused {topic}: {result.ReasonCode} {result.ReasonString}");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var pipeline = ReconnectPipeline.Create(
            (e, pause) => _logger.LogWarning("Broker {Host}:{Port}, {Connection}: {Message} Next try in {Seconds:0.0} s", _settings.Host, _settings.Port, _name, Explain(e), pause.TotalSeconds),
            _time);
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await pipeline.ExecuteAsync(async stop => await SubscribeAsync(stop), _stop.Token);
                await AcknowledgeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }

        await DisconnectAsync();
    }

    private async Task SubscribeAsync(CancellationToken stop)
    {
        if (_client.IsConnected)
        {
            await DisconnectAsync();
        }

        var queue = Channel.CreateUnbounded<(Task, MqttApplicationMessageReceivedEventArgs)>();
        _unacknowledged = queue;
        _subscribed = false;
        _client.DisconnectedAsync += Ended;
        var answer = await _client.ConnectAsync(Options(), stop);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new IOException($"the broker refused the connection: {answer.ResultCode} {answer.ReasonString}".TrimEnd() + $". Check {_settings.Place}.username, passwordFile, clientId and the broker's access list.");
        }

        await DemandAsync(stop);
        _subscribed = true;
        _logger.LogInformation("Broker {Host}:{Port}, {Connection}: connected", _settings.Host, _settings.Port, _name);

        Task Ended(MqttClientDisconnectedEventArgs args)
        {
            _client.DisconnectedAsync -= Ended;
            _subscribed &= _unacknowledged != queue;
            queue.Writer.TryComplete();
            return Task.CompletedTask;
        }
    }

    // With QoS 0 the broker would not wait until a record is durable.
    private async Task DemandAsync(CancellationToken stop)
    {
        var subscription = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(_filter, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        foreach (var item in (await _client.SubscribeAsync(subscription, stop)).Items.Where(item => item.ResultCode != MqttClientSubscribeResultCode.GrantedQoS1))
        {
            throw new IOException($"the broker did not subscribe to {item.TopicFilter.Topic} with QoS 1: {item.ResultCode}. Let the ingest's user read this topic in the broker's access list, with QoS 1{(_settings.Share is null ? "" : "; shared subscriptions need a broker of MQTT 5")}.");
        }
    }

    // MQTTnet wraps what the socket or TLS said.
    private string Explain(Exception e) => e is MqttCommunicationException
        ? $"{(e.InnerException ?? e).Message.TrimEnd('.')}. Check {_settings.Place}.host, port, tls and the network."
        : e.Message;

    private Task TakeAsync(MqttApplicationMessageReceivedEventArgs args)
    {
        args.AutoAcknowledge = false;
        var message = args.ApplicationMessage;
        _unacknowledged.Writer.TryWrite((_taker.ReceiveAsync(message.Topic, message.Payload.ToArray(), _stop.Token), args));
        return Task.CompletedTask;
    }

    private async Task AcknowledgeAsync()
    {
        try
        {
            await foreach (var (durable, message) in _unacknowledged.Reader.ReadAllAsync(_stop.Token))
            {
                await durable;
                await message.AcknowledgeAsync(_stop.Token);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            _logger.LogError(e, "Broker {Host}:{Port}, {Connection}: not acknowledged, so that the broker sends it again", _settings.Host, _settings.Port, _name);
            await DisconnectAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), _time, _stop.Token);
        }
    }

    private async Task DisconnectAsync()
    {
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptionsBuilder().Build(), CancellationToken.None);
        }
        catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is gone already.
        }
    }

    private MqttClientOptions Options() => BrokerOptions.Of(_settings, _clientId)
        .WithCleanStart(_settings.Share is not null)
        .WithSessionExpiryInterval(_settings.Share is null ? OneWeek : 0)
        .WithReceiveMaximum((ushort)_limits.ReceiveMaximum)
        .WithMaximumPacketSize((uint)(_limits.MessageBytes + PacketOverhead))
        .Build();
}
