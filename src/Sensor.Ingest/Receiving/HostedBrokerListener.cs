using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Receiving;

/// <summary>The broker in our own process: a PUBACK leaves only when what it acknowledges is durable.</summary>
internal sealed class HostedBrokerListener : IStationListener
{
    private readonly HostedBroker _settings;
    private readonly Receiver _receiver;
    private readonly ILogger _logger;
    private readonly MqttServer _server;

    // Marks what we inject ourselves; a client cannot have this object.
    private readonly object _ours = new();

    public HostedBrokerListener(HostedBroker settings, Receiver receiver, ILogger logger)
    {
        (_settings, _receiver, _logger) = (settings, receiver, logger);
        var address = IPAddress.Parse(settings.Address);
        var v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(settings.Port)
            .WithDefaultEndpointBoundIPAddress(v6 ? IPAddress.None : address)
            .WithDefaultEndpointBoundIPV6Address(v6 ? address : IPAddress.None)
            .WithMaxPendingMessagesPerClient(1000)
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(options);
        _server.InterceptingPublishAsync += InterceptAsync;
    }

    public bool Connected => _server.IsStarted;

    public async Task StartAsync(CancellationToken stop)
    {
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException e)
        {
            throw PortTakenException.For(e, _settings.Address, _settings.Port, "mqtt.host.port");
        }
    }

    public async Task StopAsync()
    {
        if (_server.IsStarted)
        {
            await _server.StopAsync(new MqttServerStopOptionsBuilder().Build());
        }
    }

    public Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken stop)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var injected = new InjectedMqttApplicationMessage(message)
        {
            SenderClientId = "waterwatch-ingest",
            CustomSessionItems = new Dictionary<object, object> { [_ours] = _ours },
        };
        return _server.InjectApplicationMessage(injected, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server.Dispose();
    }

    private async Task InterceptAsync(InterceptingPublishEventArgs publish)
    {
        if (publish.SessionItems?.Contains(_ours) == true)
        {
            return;
        }

        var message = publish.ApplicationMessage;
        if (Topics.IsLog(message.Topic))
        {
            // For whoever asked for it; no evidence.
            message.Retain = false;
            return;
        }

        if (!Topics.TryParse(message.Topic, out _, out var kind))
        {
            publish.ProcessPublish = false;
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            publish.Response.ReasonString = $"stations publish only to records, backlog and status below {Topics.Root}/{{station}}/";
            return;
        }

        // Only a station's status is meant to stay; a retained record would come again to whoever subscribes.
        message.Retain &= kind == StationTopic.Status;
        try
        {
            await _receiver.ReceiveAsync(message.Topic, message.Payload.ToArray(), CancellationToken.None);
        }
        catch (Exception e)
        {
            _logger.LogError(e, "A message on {Topic} could not be made durable; the connection of {Client} is closed without acknowledgement", message.Topic, publish.ClientId);
            publish.ProcessPublish = false;
            publish.CloseConnection = true;
            throw;
        }
    }
}
