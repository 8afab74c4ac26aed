using System.Buffers;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Protocol;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Gaps;

/// <summary>
/// Reads back from a broker the receipts that this operator has left there, retained. They outlive the store: one that covers more than is held says
/// that the store was put back, and what is to be asked for.
/// </summary>
internal static class OwnReceipts
{
    /// <summary>A broker hands out what it retains in one go; the end of it has no mark.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The newest receipt of this operator for each station; what this key did not sign is left out.</summary>
    /// <exception cref="Exception">The broker could not be asked.</exception>
    public static async Task<IReadOnlyList<Receipt>> ReadAsync(ExternalBroker broker, string deployment, string operatorId, PublicKey key, CancellationToken stop)
    {
        var messages = new ConcurrentQueue<(string Topic, byte[] Payload)>();
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            messages.Enqueue((message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Longest);
        await client.ConnectAsync(BrokerOptions.Of(broker, broker.ClientId + "-receipts").WithCleanStart().WithSessionExpiryInterval(0).Build(), patience.Token);
        var answer = await client.SubscribeAsync(Topics.AllReceipts(operatorId), MqttQualityOfServiceLevel.AtMostOnce, patience.Token);
        if (answer.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2))
        {
            throw new IOException($"the broker does not let this user read {Topics.AllReceipts(operatorId)}");
        }

        for (var before = -1; before < messages.Count && !patience.IsCancellationRequested;)
        {
            before = messages.Count;
            await Task.Delay(Quiet, stop);
        }

        await client.DisconnectAsync(new MqttClientDisconnectOptionsBuilder().Build(), stop);
        return [.. messages.Select(message => Open(message.Topic, message.Payload, deployment, operatorId, key)).OfType<Receipt>()];
    }

    private static Receipt? Open(string topic, byte[] payload, string deployment, string operatorId, PublicKey key) =>
        Envelope.TryParse(payload, out var envelope, out _) && envelope.ContentType == ContentTypes.Receipt && envelope.Verify(key)
            && ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out _)
            && receipt.Deployment == deployment && receipt.Operator == operatorId && topic == Topics.Receipt(receipt.Station, operatorId)
                ? receipt
                : null;
}
