using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Bundles;

/// <summary>The public keys that a bundle needs: of the operator, of parties, of stations.</summary>
/// <param name="ofOperator">The operator's; it stays open.</param>
/// <param name="ofParties">Those of the parties, by party.</param>
internal sealed class KeysOfBundle(PublicKey ofOperator, IReadOnlyDictionary<string, PublicKey> ofParties) : IDisposable
{
    /// <summary>The fingerprints of the parties' keys.</summary>
    public IReadOnlyDictionary<string, Digest> OfParties => ofParties.ToDictionary(p => p.Key, p => p.Value.Id, StringComparer.Ordinal);

    /// <summary>The members of all keys, each once.</summary>
    public IEnumerable<BundleMember> Members(IEnumerable<Digest> stations, Func<Digest, PublicKey?> keyOf) =>
        ofParties.Values.Prepend(ofOperator).Concat(stations.Select(keyOf).OfType<PublicKey>()).DistinctBy(k => k.Id).Select(k => new BundleMember(BundleNames.Key(k.Id), k.SubjectPublicKeyInfo));

    public void Dispose()
    {
        foreach (var key in ofParties.Values)
        {
            key.Dispose();
        }
    }
}
