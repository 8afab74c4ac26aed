using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Receiving;

/// <summary>Takes messages from any connection. The task it returns ends when everything in the message has its durable place.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Receiver(EvidenceWriter writer, Func<RegistrySnapshot> registry, string deployment, int mostBytes, StationRates rates, TimeProvider time) : IMessageTaker
{
    // A record takes some six times its bytes while it is examined and written; this is more than one transaction takes of a backlog.
    private const long MostBytesAtOnce = 2 << 20;
    private readonly Room _live = new(MostBytesAtOnce);
    private readonly Room _backlog = new(MostBytesAtOnce);

    // A long message is examined at length: some processors stay free for what is live.
    private readonly Room _examinations = new(long.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Takes a message of a station's records or backlog; other topics carry nothing for the evidence.</summary>
    public async Task ReceiveAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        if (Topics.TryParse(topic, out var station, out var kind) && kind == StationTopic.Status)
        {
            return;
        }

        var split = SplitMessage.Of(message);
        if (!await rates.TakeAsync(registry().Knows(station) ? station : StationRates.Unknown, split.Records, message.Length, stop))
        {
            // Neither evidence nor a receipt: the station goes on holding it and sends it again.
            return;
        }

        var backlog = kind == StationTopic.Backlog;
        var room = backlog ? _backlog : _live;
        await room.EnterAsync(message.Length);
        try
        {
            using var span = IngestTraces.Receive(topic, message.Length);
            var arrivals = backlog ? await ExamineInTurnAsync(topic, split) : Examine(topic, split);
            IngestTraces.Found(span, arrivals);
            await writer.WriteAsync(arrivals, stop, backlog);
        }
        finally
        {
            room.Leave(message.Length);
        }
    }

    /// <summary>Takes up what waited for keys that are enrolled by now.</summary>
    public Task TakeUpPendingAsync()
    {
        var known = registry();
        return writer.TakeUpAsync(
            known.Keys.Select(key => key.KeyId).ToHashSet(),
            (topic, envelope) => Examination.Item(topic, envelope, deployment, known, Now));
    }

    private async Task<IReadOnlyList<Arrival>> ExamineInTurnAsync(string topic, SplitMessage message)
    {
        await _examinations.EnterAsync(1);
        try
        {
            return Examine(topic, message);
        }
        finally
        {
            _examinations.Leave(1);
        }
    }

    private IReadOnlyList<Arrival> Examine(string topic, SplitMessage message)
    {
        using var span = IngestTraces.Examine();
        return message.Bytes.Length > mostBytes
            ? [new RefusedArrival(topic, Examination.NameOf(RefusalReason.TooLarge), $"{message.Bytes.Length} bytes; limits.messageBytes is {mostBytes}", message.Bytes)]
            : Examination.Message(topic, message, deployment, registry(), Now);
    }

    private Instant Now => Instant.From(time.GetUtcNow());
}
