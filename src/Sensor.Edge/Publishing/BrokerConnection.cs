using System.Buffers;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Publishing;

/// <summary>One connection to the broker, from CONNECT to its end. Turns what MQTTnet reports into <see cref="BrokerException"/>.</summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private const int MessageOverhead = 1024;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerConnection()
    {
        // Nobody may be waiting when it fails; it must not be reported as unobserved then.
        _lost.Task.ContinueWith(lost => _ = lost.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Fails with a <see cref="BrokerException"/> when the connection ends.</summary>
    public Task Lost => _lost.Task;

    /// <summary>The most bytes that fit into the payload of one message on this connection.</summary>
    public int LargestPayload { get; private set; } = WireLimits.Message;

    /// <summary>Connects and subscribes to some topics.</summary>
    /// <param name="configuration">The station.</param>
    /// <param name="clock">Tells when certificates have to hold.</param>
    /// <param name="will">The status that the broker publishes when the station is gone.</param>
    /// <param name="needed">What to do with the messages of topics without which the station cannot work.</param>
    /// <param name="wanted">The same of topics that a broker may deny; a log of the broker will say so.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<BrokerConnection> OpenAsync(StationConfiguration configuration, StationClock clock, byte[] will, IReadOnlyDictionary<string, Action<ReadOnlyMemory<byte>>> needed, IReadOnlyDictionary<string, Action<ReadOnlyMemory<byte>>> wanted, CancellationToken cancellation)
    {
        var connection = new BrokerConnection();
        try
        {
            await connection.ConnectAsync(configuration, clock, will, needed, wanted, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Publishes with QoS 1 and returns when the broker has confirmed.</summary>
    /// <exception cref="BrokerException">It has not.</exception>
    public async Task PublishAsync(string topic, byte[] payload, bool retain, CancellationToken cancellation)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var result = await Guarded(() => _client.PublishAsync(message, cancellation), BrokerFault.Lost, cancellation).ConfigureAwait(false);
        if (!result.IsSuccess)
        {
            throw new BrokerException(BrokerFault.Refused, $"the broker refused a message of {payload.Length} bytes on {topic}: {result.ReasonCode} {result.ReasonString}".TrimEnd(), Remedy(result.ReasonCode));
        }
    }

    /// <summary>Ends the connection so that the broker does not publish the last will.</summary>
    public Task DisconnectAsync(CancellationToken cancellation) =>
        Guarded(() => Void(_client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellation)), BrokerFault.Lost, cancellation);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Remedy(MqttClientPublishReasonCode code) => code switch
    {
        MqttClientPublishReasonCode.NotAuthorized => "Let the station's user write under its own topics in the broker's access list.",
        MqttClientPublishReasonCode.QuotaExceeded => "Raise the broker's quota or queue limits.",
        MqttClientPublishReasonCode.PayloadFormatInvalid or MqttClientPublishReasonCode.TopicNameInvalid => "Remove the broker's rule that rewrites or filters these topics.",
        _ => "See the broker's log.",
    };

    private static async Task<bool> Void(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> call, BrokerFault fault, CancellationToken cancellation)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not BrokerException)
        {
            // MQTTnet reports a timeout as a cancellation of its own and wraps what the socket or TLS said.
            var said = e is MqttCommunicationException { InnerException: { } inner } ? inner.Message : e.Message;
            throw new BrokerException(fault, said, "Check mqtt.host, mqtt.port, mqtt.tls and the network.", e);
        }
    }

    private async Task ConnectAsync(StationConfiguration configuration, StationClock clock, byte[] will, IReadOnlyDictionary<string, Action<ReadOnlyMemory<byte>>> needed, IReadOnlyDictionary<string, Action<ReadOnlyMemory<byte>>> wanted, CancellationToken cancellation)
    {
        _client.ApplicationMessageReceivedAsync += received =>
        {
            var topic = received.ApplicationMessage.Topic;
            if (needed.TryGetValue(topic, out var take) || wanted.TryGetValue(topic, out take))
            {
                take(received.ApplicationMessage.Payload.ToArray());
            }

            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += gone =>
        {
            _lost.TrySetException(new BrokerException(BrokerFault.Lost, $"the connection ended: {gone.ReasonString ?? gone.Exception?.Message ?? gone.Reason.ToString()}", ""));
            return Task.CompletedTask;
        };

        var options = MqttSetup.Options(configuration, clock, will);
        var connected = await Guarded(() => _client.ConnectAsync(options, cancellation), BrokerFault.Unreachable, cancellation).ConfigureAwait(false);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new BrokerException(BrokerFault.Refused, $"the broker refused the connection: {connected.ResultCode} {connected.ReasonString}".TrimEnd(), "Check mqtt.username, mqtt.passwordFile, mqtt.clientId and the broker's access list.");
        }

        if (connected.MaximumPacketSize is > MessageOverhead and < WireLimits.Message + MessageOverhead)
        {
            LargestPayload = (int)connected.MaximumPacketSize.Value - MessageOverhead;
        }

        await SubscribeAsync(needed.Keys, wanted.Keys, cancellation).ConfigureAwait(false);
    }

    private async Task SubscribeAsync(IEnumerable<string> needed, IEnumerable<string> wanted, CancellationToken cancellation)
    {
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in needed.Concat(wanted))
        {
            options.WithTopicFilter(filter => filter.WithTopic(topic).WithAtLeastOnceQoS());
        }

        var result = await Guarded(() => _client.SubscribeAsync(options.Build(), cancellation), BrokerFault.Lost, cancellation).ConfigureAwait(false);
        foreach (var item in result.Items.Where(item => (int)item.ResultCode >= 0x80 && needed.Contains(item.TopicFilter.Topic, StringComparer.Ordinal)))
        {
            throw new BrokerException(BrokerFault.Refused, $"the broker refused to subscribe to {item.TopicFilter.Topic}: {item.ResultCode}", "Let the station's user read its receipt topics in the broker's access list.");
        }
    }
}
