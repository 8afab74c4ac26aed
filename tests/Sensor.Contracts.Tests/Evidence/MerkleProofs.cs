namespace Sensor.Contracts.Tests.Evidence;

/// <summary>Verifies proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say, step for step.</summary>
internal static class MerkleProofs
{
    public static bool Includes(ulong index, ulong size, byte[] root, byte[] leafHash, List<byte[]> proof)
    {
        if (index >= size || leafHash.Length != Digest.Size || proof.Exists(p => p.Length != Digest.Size))
        {
            return false;
        }

        var (fn, sn, r) = (index, size - 1, leafHash);
        foreach (var p in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                r = Node(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && r.AsSpan().SequenceEqual(root);
    }

    public static bool Extends(ulong first, ulong second, byte[] firstRoot, byte[] secondRoot, List<byte[]> proof)
    {
        // RFC 9162 defines no proof from the empty tree; the published cases refuse one.
        if (first == 0)
        {
            return false;
        }

        if (first == second)
        {
            return proof.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        }

        if (first > second || proof.Count == 0 || proof.Exists(p => p.Length != Digest.Size))
        {
            return false;
        }

        List<byte[]> path = ulong.IsPow2(first) ? [firstRoot, .. proof] : proof;
        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (Node(c, fr), Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                sr = Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr.AsSpan().SequenceEqual(firstRoot) && sr.AsSpan().SequenceEqual(secondRoot);
    }

    private static byte[] Node(byte[] left, byte[] right) => Digest.Of([1, .. left, .. right]).ToArray();
}
