using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Commanding;

/// <summary>Finds the answers of stations among their records.</summary>
internal sealed class CommandAnswers(CommandStore store, string operatorId)
{
    private long _seen;

    /// <summary>Takes a record that is durable; true where it answers a command that waited.</summary>
    public bool Take(StationRecord record)
    {
        if (record.Body is not EventBody { Event: { Type: EventType.CommandObeyed or EventType.CommandRefused, Command: { } embedded } answer }
            || !Envelope.TryParse(embedded, out var envelope, out _) || !CommandCodec.TryDecode(envelope.Payload, out var command, out _) || command.Operator != operatorId)
        {
            return false;
        }

        return store.Answered(
            record.Header.Station, command, envelope.Digest, new CommandAnswer(answer.Type == EventType.CommandObeyed, answer.Note, record.Header.Run, record.Header.Sequence));
    }

    /// <summary>Looks for answers that became durable while nobody noted them. One caller at a time.</summary>
    public void CatchUp(ISqlDatabase evidence)
    {
        if (store.OldestWaiting() is not { } size)
        {
            return;
        }

        foreach (var (index, bytes) in evidence.Query("SELECT idx, envelope FROM evidence WHERE idx >= $1 AND unmapped IS NULL ORDER BY idx", row => (row.GetInt64(0), row.Bytes(1)), Math.Max(size, _seen)))
        {
            _seen = index + 1;
            if (Envelope.TryParse(evidence.EnvelopeAt(index, bytes), out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) && decoded.Record is { } record)
            {
                Take(record);
            }
        }
    }
}
