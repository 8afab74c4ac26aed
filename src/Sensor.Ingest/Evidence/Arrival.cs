using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Evidence;

/// <summary>Something that arrived and was examined, on its way into the evidence.</summary>
/// <param name="Topic">The topic on which it came.</param>
internal abstract record Arrival(string Topic)
{
    /// <summary>When it came, where that was noted before it is stored; null for the moment of storing.</summary>
    public Instant? ReceivedAt { get; init; }
}

/// <summary>A record that an enrolled key signed.</summary>
internal sealed record RecordArrival(string Topic, Envelope Envelope, DecodedRecord Decoded) : Arrival(Topic)
{
    /// <summary>What was imported, where the operator signed the record; null where a station did, or where the bytes are durable already.</summary>
    public RawMessage? Raw { get; init; }

    /// <summary>Whether the operator signed the record for something imported.</summary>
    public bool Attested { get; init; }
}

/// <summary>A record of a key that nobody has enrolled.</summary>
internal sealed record PendingArrival(string Topic, Envelope Envelope, RecordHeader Header) : Arrival(Topic);

/// <summary>Bytes that were not accepted.</summary>
/// <param name="Topic">The topic on which they came.</param>
/// <param name="Reason">The kind of fault, as counters name it.</param>
/// <param name="Detail">What exactly was wrong.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record RefusedArrival(string Topic, string Reason, string Detail, ReadOnlyMemory<byte> Bytes) : Arrival(Topic);

/// <summary>What waited for its key and was examined again.</summary>
/// <param name="Id">Its number among what waits, which it leaves.</param>
/// <param name="Arrival">What the examination came to.</param>
internal sealed record TakenUp(long Id, Arrival Arrival) : Arrival(Arrival.Topic);

/// <summary>What became of an arrival once its transaction was durable.</summary>
internal enum Landing
{
    /// <summary>A record with a new identity.</summary>
    New,

    /// <summary>A record that was there already.</summary>
    Repeat,

    /// <summary>A second record with an identity that another digest has.</summary>
    Fork,

    /// <summary>Kept until its key is enrolled.</summary>
    Pending,

    /// <summary>Kept already until its key is enrolled.</summary>
    PendingRepeat,

    /// <summary>Refused, and kept among the dead letters.</summary>
    Refused,
}
