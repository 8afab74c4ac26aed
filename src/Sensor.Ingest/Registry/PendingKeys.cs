using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Registry;

/// <summary>The keys that wait for enrolment, read from the evidence store beside the running service.</summary>
internal static class PendingKeys
{
    /// <summary>Fingerprint, station as claimed, and records kept, most records first.</summary>
    public static IReadOnlyList<(Digest KeyId, string Station, long Records)> Of(IngestConfiguration configuration)
    {
        using var evidence = EvidenceStores.TryOpenForReading(configuration);
        return evidence?.Query(
            "SELECT key_id, station, count(*) FROM pending GROUP BY key_id, station ORDER BY count(*) DESC, key_id", row => (row.Digest(0), row.GetString(1), row.GetInt64(2))) ?? [];
    }

    /// <summary>The public key of a fingerprint, from a record that it signed; null where none is kept.</summary>
    public static PublicKey? Recover(IngestConfiguration configuration, Digest keyId)
    {
        using var evidence = EvidenceStores.TryOpenForReading(configuration);
        var envelopes = evidence?.Query("SELECT envelope FROM pending WHERE key_id = $1 ORDER BY id LIMIT 20", row => row.Bytes(0), keyId.ToArray()) ?? [];
        return envelopes
            .Select(bytes => Envelope.TryParse(bytes, out var envelope, out _) ? KeyRecovery.Recover(envelope.Digest, envelope.Signature.Span, keyId) : null)
            .FirstOrDefault(key => key is not null);
    }
}
