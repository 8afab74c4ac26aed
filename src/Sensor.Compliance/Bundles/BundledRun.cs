using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Compliance.Bundles;

/// <summary>A record of a bundle whose signature or chain holds.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Decoded">What it says, as far as it is understood.</param>
/// <param name="SignatureHolds">Whether its own signature holds; else a later record of its run vouches for it.</param>
internal sealed record BundledRecord(Digest Digest, Digest KeyId, DecodedRecord Decoded, bool SignatureHolds)
{
    public RecordHeader Header => Decoded.Header;
}

/// <summary>Judges the records of one run: each is authentic, and each names the one before it.</summary>
internal static class BundledRun
{
    /// <summary>The records of a run, in their order.</summary>
    /// <param name="envelopes">Their envelopes, in ascending order of sequence and digest.</param>
    /// <param name="keyOf">The key of a fingerprint where it is enrolled for the station and in the bundle, else null.</param>
    /// <exception cref="BundleFault">A record is not authentic, or does not name the one before it.</exception>
    public static IReadOnlyList<BundledRecord> Read(IReadOnlyList<(Envelope Envelope, DecodedRecord Decoded)> envelopes, Func<Digest, PublicKey?> keyOf)
    {
        var authentic = Authenticity.Judge([.. envelopes.Select(e => (e.Envelope, e.Decoded.Header))], keyOf);
        var digests = envelopes.ToLookup(e => e.Decoded.Header.Sequence, e => e.Envelope.Digest);
        foreach (var ((envelope, decoded), holds) in envelopes.Zip(authentic))
        {
            var (header, before) = (decoded.Header, digests[decoded.Header.Sequence - 1]);
            if (!holds)
            {
                throw new BundleFault($"{Name(header)}: no key that is enrolled for {header.Station} and in the bundle signed it (it names {envelope.KeyId}), and no later record of its run vouches for it");
            }

            if (header.Previous is { } previous && before.Any() && !before.Contains(previous))
            {
                throw new BundleFault($"{Name(header)} names another record before it ({previous}) than the bundle holds: its chain is broken");
            }
        }

        return [.. envelopes.Select(e => new BundledRecord(e.Envelope.Digest, e.Envelope.KeyId, e.Decoded, keyOf(e.Envelope.KeyId) is { } key && e.Envelope.Verify(key)))];
    }

    /// <summary>A record in words.</summary>
    public static string Name(RecordHeader header) => $"record {header.Sequence} of run {header.Run} of {header.Station}";
}
