using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Receiving;

/// <summary>
/// What every envelope goes through, one step after another: form, content type, identity, place, key, signature. It never throws on
/// what came from outside, and one envelope's fate does not touch another's.
/// </summary>
internal static class Examination
{
    /// <summary>Examines each envelope of a message.</summary>
    public static IReadOnlyList<Arrival> Message(string topic, SplitMessage message, string deployment, RegistrySnapshot registry, Instant now)
    {
        var arrivals = Judge([.. message.Items.Select(item => Read(topic, item, deployment))], registry, now);
        return message.Refusal is { } refusal ? [.. arrivals, Refused(topic, refusal, message.Bytes[message.Items.Sum(item => item.Length)..])] : arrivals;
    }

    /// <summary>Examines envelopes that came in a file: the place of each is what it says itself.</summary>
    public static IReadOnlyList<Arrival> Items(IReadOnlyList<ReadOnlyMemory<byte>> items, string deployment, RegistrySnapshot registry, Instant now) =>
        Judge([.. items.Select(item => Read(TopicOf(item), item, deployment))], registry, now);

    /// <summary>Examines one envelope that came alone.</summary>
    public static Arrival Item(string topic, ReadOnlyMemory<byte> bytes, string deployment, RegistrySnapshot registry, Instant now) =>
        Judge([Read(topic, bytes, deployment)], registry, now)[0];

    private static string TopicOf(ReadOnlyMemory<byte> bytes) =>
        Envelope.TryParse(bytes, out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) ? Topics.Backlog(decoded.Header.Station) : "import";

    // Form, content type, identity and place; the key and the signature come next.
    private static Arrival Read(string topic, ReadOnlyMemory<byte> bytes, string deployment)
    {
        if (!Envelope.TryParse(bytes, out var envelope, out var refusal))
        {
            return Refused(topic, refusal, bytes);
        }

        if (envelope.ContentType != ContentTypes.Record)
        {
            return Refused(topic, new Refusal(RefusalReason.ContentType, $"'{envelope.ContentType}' is not a record"), bytes);
        }

        if (!RecordCodec.TryDecode(envelope.Payload, out var decoded, out refusal))
        {
            return Refused(topic, refusal, bytes);
        }

        return WrongPlace(topic, decoded.Header, deployment) is { } misplaced
            ? Refused(topic, misplaced, bytes)
            : new RecordArrival(topic, envelope, decoded);
    }

    private static IReadOnlyList<Arrival> Judge(IReadOnlyList<Arrival> arrivals, RegistrySnapshot registry, Instant now)
    {
        var records = arrivals.OfType<RecordArrival>().ToList();
        var authentic = Authenticity.Judge(
            [.. records.Select(r => (r.Envelope, r.Decoded.Header))], keyId => registry.TryFindKey(keyId, out _, out var key) ? key : null);
        var judged = new Queue<Arrival>(records.Zip(authentic, (record, good) => Admit(record, good, registry, now)));
        return [.. arrivals.Select(arrival => arrival is RecordArrival ? judged.Dequeue() : arrival)];
    }

    private static Arrival Admit(RecordArrival record, bool authentic, RegistrySnapshot registry, Instant now)
    {
        var (topic, envelope, header) = (record.Topic, record.Envelope, record.Decoded.Header);
        if (!registry.TryFindKey(envelope.KeyId, out var entry, out _))
        {
            return new PendingArrival(topic, envelope, header);
        }

        if (!authentic)
        {
            return Refused(topic, new Refusal(RefusalReason.Signature, $"the signature does not hold under the key {envelope.KeyId} of {entry.Station}"), envelope.Bytes);
        }

        if (entry.Station != header.Station)
        {
            return Refused(topic, new Refusal(RefusalReason.KeyNotAllowed, $"the key {envelope.KeyId} belongs to {entry.Station}, not to {header.Station}"), envelope.Bytes);
        }

        return entry.RevokedAt is { } revoked && revoked <= now
            ? Refused(topic, new Refusal(RefusalReason.KeyNotAllowed, $"the key {envelope.KeyId} of {entry.Station} is revoked since {revoked}"), envelope.Bytes)
            : record;
    }

    /// <summary>The name of a kind of fault in counters and dead letters, such as <c>not-deterministic</c>.</summary>
    public static string NameOf(RefusalReason reason) =>
        string.Concat(reason.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private static Refusal? WrongPlace(string topic, RecordHeader header, string deployment)
    {
        if (header.Deployment != deployment)
        {
            return new Refusal(RefusalReason.Deployment, $"the record belongs to the deployment '{header.Deployment}', this is '{deployment}'");
        }

        return Topics.TryParse(topic, out var station, out _) && station == header.Station
            ? null
            : new Refusal(RefusalReason.Station, $"a record of {header.Station} came on the topic {topic}");
    }

    private static RefusedArrival Refused(string topic, Refusal refusal, ReadOnlyMemory<byte> bytes) => new(topic, NameOf(refusal.Reason), refusal.Detail, bytes);
}
