namespace Sensor.Ingest.Receiving;

/// <summary>Takes messages of a broker.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IMessageTaker
{
    /// <summary>Takes a message. The task ends when everything in it has its durable place, or with what hindered it.</summary>
    Task ReceiveAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken stop);
}
