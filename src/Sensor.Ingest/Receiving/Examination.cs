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
    /// <summary>Splits a message and examines each envelope in it.</summary>
    public static IReadOnlyList<Arrival> Message(string topic, ReadOnlyMemory<byte> message, string deployment, RegistrySnapshot registry, Instant now)
    {
        var whole = EnvelopeSequence.TrySplit(message, out var items, out var refusal);
        var arrivals = items.Select(item => Item(topic, item, deployment, registry, now)).ToList();
        if (!whole)
        {
            var rest = message[items.Sum(item => item.Length)..];
            arrivals.Add(Refused(topic, refusal!, rest));
        }

        return arrivals;
    }

    /// <summary>Examines one envelope.</summary>
    public static Arrival Item(string topic, ReadOnlyMemory<byte> bytes, string deployment, RegistrySnapshot registry, Instant now)
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
            : Signed(topic, envelope, decoded, registry, now);
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

    private static Arrival Signed(string topic, Envelope envelope, DecodedRecord decoded, RegistrySnapshot registry, Instant now)
    {
        if (!registry.TryFindKey(envelope.KeyId, out var entry, out var key))
        {
            return new PendingArrival(topic, envelope, decoded.Header);
        }

        if (!envelope.Verify(key))
        {
            return Refused(topic, new Refusal(RefusalReason.Signature, $"the signature does not hold under the key {envelope.KeyId} of {entry.Station}"), envelope.Bytes);
        }

        if (entry.Station != decoded.Header.Station)
        {
            return Refused(topic, new Refusal(RefusalReason.KeyNotAllowed, $"the key {envelope.KeyId} belongs to {entry.Station}, not to {decoded.Header.Station}"), envelope.Bytes);
        }

        return entry.RevokedAt is { } revoked && revoked <= now
            ? Refused(topic, new Refusal(RefusalReason.KeyNotAllowed, $"the key {envelope.KeyId} of {entry.Station} is revoked since {revoked}"), envelope.Bytes)
            : new RecordArrival(topic, envelope, decoded);
    }

    private static RefusedArrival Refused(string topic, Refusal refusal, ReadOnlyMemory<byte> bytes) => new(topic, NameOf(refusal.Reason), refusal.Detail, bytes);
}
