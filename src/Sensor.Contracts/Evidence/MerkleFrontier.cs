using System.Numerics;
using System.Security.Cryptography;

namespace Sensor.Contracts.Evidence;

/// <summary>
/// The right edge of an append-only Merkle tree with the hashing of RFC 9162 section 2.1: enough to append and to state the root,
/// at one hash for each set bit of the size.
/// </summary>
/// <remarks>
/// Leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right); the root of no entries is SHA-256 of nothing.
/// An entry of the evidence log is the 32 bytes of a digest. Not thread-safe.
/// </remarks>
public sealed class MerkleFrontier
{
    private readonly List<Digest> _peaks;

    /// <summary>Takes up a tree of a size with its peaks, the roots of its perfect subtrees from largest to smallest.</summary>
    /// <exception cref="ArgumentException">The number of peaks does not fit the size.</exception>
    public MerkleFrontier(long size, IEnumerable<Digest> peaks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _peaks = [.. peaks];
        Size = size;
        if (_peaks.Count != BitOperations.PopCount((ulong)size))
        {
            throw new ArgumentException($"A tree of {size} entries has {BitOperations.PopCount((ulong)size)} peaks, not {_peaks.Count}.", nameof(peaks));
        }
    }

    /// <summary>An empty tree.</summary>
    public MerkleFrontier()
        : this(0, [])
    {
    }

    /// <summary>The number of entries.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the perfect subtrees, from largest to smallest.</summary>
    public IReadOnlyList<Digest> Peaks => _peaks;

    /// <summary>Appends an entry.</summary>
    public void Append(ReadOnlySpan<byte> entry)
    {
        _peaks.Add(LeafHash(entry));
        for (var merges = BitOperations.TrailingZeroCount(~(ulong)Size); merges > 0; merges--)
        {
            var node = NodeHash(_peaks[^2], _peaks[^1]);
            _peaks.RemoveRange(_peaks.Count - 2, 2);
            _peaks.Add(node);
        }

        Size++;
    }

    /// <summary>The Merkle tree hash of all entries.</summary>
    public Digest Root()
    {
        if (_peaks.Count == 0)
        {
            return Digest.Of([]);
        }

        var root = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--)
        {
            root = NodeHash(_peaks[i], root);
        }

        return root;
    }

    internal static Digest LeafHash(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return new Digest(hash.GetHashAndReset());
    }

    internal static Digest NodeHash(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Digest.Size)];
        bytes[0] = 1;
        left.ToArray().CopyTo(bytes[1..]);
        right.ToArray().CopyTo(bytes[(1 + Digest.Size)..]);
        return Digest.Of(bytes);
    }
}
