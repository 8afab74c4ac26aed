using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;

namespace Sensor.Compliance.Bundles;

/// <summary>The members of a bundle whose manifest lists each of them with its digest, and their keys. Not thread-safe: it remembers which keys were used.</summary>
internal sealed class BundleMembers : IDisposable
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents;
    private readonly Dictionary<Digest, PublicKey> _keys = [];
    private readonly HashSet<Digest> _used = [];

    private BundleMembers(IReadOnlyList<BundleMember> members) => _contents = members.ToDictionary(m => m.Name, m => m.Content, StringComparer.Ordinal);

    /// <summary>Compares the members of a file with its manifest.</summary>
    /// <exception cref="BundleFault">They are not the same.</exception>
    public static BundleMembers Listed(IReadOnlyList<BundleMember> members, BundleManifest manifest)
    {
        var others = members.Skip(2).ToList();
        BundleFault.Unless(others.Select(m => m.Name).SequenceEqual(manifest.Members.Select(m => m.Name), StringComparer.Ordinal), "the members of the file are not those that the manifest lists, in this order");
        foreach (var (member, entry) in others.Zip(manifest.Members))
        {
            BundleFault.Unless(member.Content.Length == entry.Bytes && Digest.Of(member.Content.Span) == entry.Digest, $"{member.Name} does not have the length and SHA-256 that the manifest states");
            BundleFault.Unless(BundleNames.MayStandInOne(member.Name), $"{member.Name} is not a member that a bundle has");
        }

        var missing = BundleNames.Required.FirstOrDefault(name => others.All(m => m.Name != name));
        return missing is null ? new BundleMembers(members) : throw new BundleFault($"{missing} is missing");
    }

    /// <summary>How many keys there are.</summary>
    public int KeyCount => _keys.Count;

    /// <summary>The content of a member.</summary>
    public ReadOnlyMemory<byte> this[string name] => _contents.TryGetValue(name, out var content) ? content : throw new BundleFault($"{name} is missing");

    /// <summary>Whether there is a member.</summary>
    public bool Has(string name) => _contents.ContainsKey(name);

    /// <summary>The names of the members of a folder, in ordinal order.</summary>
    public IReadOnlyList<string> In(string folder) => [.. _contents.Keys.Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Reads the keys.</summary>
    public void ReadKeys()
    {
        foreach (var name in In(BundleNames.Keys))
        {
            var key = PublicKey.FromSubjectPublicKeyInfo(this[name].Span);
            _keys.TryAdd(key.Id, key);
            BundleFault.Unless(name == BundleNames.Key(key.Id) && Digest.Of(this[name].Span) == key.Id, $"{name} holds the key {key.Id}, or not in the one form that a key has");
        }
    }

    /// <summary>A key; null where the bundle does not hold it.</summary>
    public PublicKey? Key(Digest id)
    {
        _used.Add(id);
        return _keys.GetValueOrDefault(id);
    }

    /// <summary>A key that nobody asked for; null where there is none.</summary>
    public Digest? UnusedKey() => _keys.Keys.Where(id => !_used.Contains(id)).Select(id => (Digest?)id).FirstOrDefault();

    /// <summary>Requires that a member is a detached signature of content by a key, written in the one way in which it is made.</summary>
    public void RequireSignature(string name, ReadOnlySpan<byte> content, string type, Digest keyId)
    {
        var text = System.Text.Encoding.Latin1.GetString(this[name].Span);
        var jws = DetachedJws.Parse(text);
        BundleFault.Unless(jws.Text == text, $"{name} is a signature with something around it, or not written in base64url as RFC 7515 says");
        BundleFault.Unless(jws.KeyId == keyId, $"{name} is by the key {jws.KeyId}, not by {keyId}");
        BundleFault.Unless(Key(keyId) is { } key && jws.Holds(content, type, key), $"{name} does not hold: the key {keyId} did not sign these bytes as {type}, or the bundle lacks it");
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
