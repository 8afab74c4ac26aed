using CsCheck;
using Sensor.Contracts.Evidence;

namespace Sensor.Contracts.Tests.Evidence;

public sealed class MerkleInclusionTests
{
    private static readonly Gen<(int Size, long[] Shown)> Trees =
        from size in Gen.Int[1, 80]
        from chosen in Gen.Bool.Array[size]
        select (size, Enumerable.Range(0, size).Where(i => chosen[i]).Select(i => (long)i).ToArray());

    [Fact]
    public void Root_OfWhatProveGave_IsThatOfTheTree() => Trees.Sample(
        tree =>
        {
            var log = Log(tree.Size);
            var hashes = MerkleInclusion.Prove(log, tree.Shown);

            Assert.Equal(RootOf(log), MerkleInclusion.Root(tree.Size, Shown(log, tree.Shown), hashes));
        },
        iter: 500);

    [Fact]
    public void Root_OtherEntryPlaceOrHash_IsAnotherOrNone() => Trees.Where(t => t.Shown.Length > 0).Sample(
        tree =>
        {
            var log = Log(tree.Size);
            var (root, shown, hashes) = (RootOf(log), Shown(log, tree.Shown), MerkleInclusion.Prove(log, tree.Shown));

            Assert.NotEqual(root, MerkleInclusion.Root(tree.Size, [(shown[0].Index, Digest.Of([255])), .. shown.Skip(1)], hashes));
            Assert.Null(MerkleInclusion.Root(tree.Size, shown, [.. hashes, root]));
            Assert.Null(MerkleInclusion.Root(tree.Size, [.. shown, shown[^1]], hashes));
            Assert.Null(MerkleInclusion.Root(tree.Size, [.. shown.SkipLast(1), (tree.Size, shown[^1].Entry)], hashes));
            Assert.All(hashes.Select((_, i) => i), i => Assert.NotEqual(root, MerkleInclusion.Root(tree.Size, shown, [.. hashes.Take(i), Digest.Of([254]), .. hashes.Skip(i + 1)])));
            Assert.All(hashes.Select((_, i) => i), i => Assert.Null(MerkleInclusion.Root(tree.Size, shown, [.. hashes.Take(i), .. hashes.Skip(i + 1)])));
        },
        iter: 200);

    [Fact]
    public void Root_OfNothing_IsTheHashOfNothing()
    {
        Assert.Equal(new MerkleFrontier().Root(), MerkleInclusion.Root(0, [], []));
        Assert.Null(MerkleInclusion.Root(-1, [], []));
        Assert.Equal(RootOf(Log(7)), Assert.Single(MerkleInclusion.Prove(Log(7), [])));
    }

    private static Digest[] Log(int size) => [.. Enumerable.Range(0, size).Select(i => Digest.Of([(byte)i]))];

    private static (long Index, Digest Entry)[] Shown(Digest[] log, long[] indices) => [.. indices.Select(i => (i, log[i]))];

    private static Digest RootOf(Digest[] log)
    {
        var tree = new MerkleFrontier();
        foreach (var entry in log)
        {
            tree.Append(entry.ToArray());
        }

        return tree.Root();
    }
}
