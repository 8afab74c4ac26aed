using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Bundles;

/// <summary>The public keys that a bundle needs: of the operator, of parties, of stations.</summary>
/// <param name="own">Those of operator and parties; the first is the operator's and stays open.</param>
internal sealed class KeysOfBundle(IReadOnlyList<PublicKey> own) : IDisposable
{
    /// <summary>The members of all keys, each once.</summary>
    public IEnumerable<BundleMember> Members(IEnumerable<Digest> stations, Func<Digest, PublicKey?> keyOf) =>
        own.Concat(stations.Select(keyOf).OfType<PublicKey>()).DistinctBy(k => k.Id).Select(k => new BundleMember(BundleNames.Key(k.Id), k.SubjectPublicKeyInfo));

    /// <summary>The fingerprint of one of the keys of parties.</summary>
    public Digest IdOf(string pem)
    {
        using var key = PublicKey.FromPem(pem);
        return own.First(k => k.Id == key.Id).Id;
    }

    public void Dispose()
    {
        foreach (var key in own.Skip(1))
        {
            key.Dispose();
        }
    }
}
