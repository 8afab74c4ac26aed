using Sensor.Contracts.Keys;

namespace Sensor.Contracts.Wire;

/// <summary>
/// Which records of one message are authentic: those whose own signature verifies, and those that a chain of <c>previous</c> digests reaches
/// from one that does, inside the same station, run and key (docs/wire.md, section "Authenticity").
/// </summary>
/// <remarks>One signature is verified for each unbroken chain, so that a long backlog costs little. Stateless and thread-safe.</remarks>
public static class Authenticity
{
    /// <summary>Judges the records of one message.</summary>
    /// <param name="records">Envelopes of content type record with the headers decoded from them, in any order.</param>
    /// <param name="keyOf">The key of a fingerprint, or null where it is not known or not allowed.</param>
    /// <returns>For each record, in the order given, whether it is authentic.</returns>
    public static IReadOnlyList<bool> Judge(IReadOnlyList<(Envelope Envelope, RecordHeader Header)> records, Func<Digest, PublicKey?> keyOf)
    {
        var authentic = new bool[records.Count];
        var vouched = new HashSet<Link>();
        foreach (var i in Enumerable.Range(0, records.Count).OrderByDescending(i => records[i].Header.Sequence))
        {
            var (envelope, header) = records[i];
            authentic[i] = vouched.Contains(new Link(envelope.KeyId, header.Station, header.Run, header.Sequence, envelope.Digest))
                ? keyOf(envelope.KeyId) is not null
                : keyOf(envelope.KeyId) is { } key && envelope.Verify(key);
            if (authentic[i] && header.Previous is { } previous)
            {
                vouched.Add(new Link(envelope.KeyId, header.Station, header.Run, header.Sequence - 1, previous));
            }
        }

        return authentic;
    }

    private readonly record struct Link(Digest Key, string Station, LifeId Run, long Sequence, Digest Digest);
}
