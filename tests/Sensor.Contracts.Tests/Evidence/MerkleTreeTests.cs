using CsCheck;
using System.Text.Json.Nodes;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests.Evidence;

public sealed class MerkleTreeTests
{
    private static readonly Digest[] Entries = [.. Enumerable.Range(0, 1_100).Select(i => Digest.Of(BitConverter.GetBytes(i)))];

    [Fact]
    public void Inclusion_AnyEntryOfAnySize_HoldsByTheStepsOfRfc9162AndByOurs() => Gen.Int[1, 90].SelectMany(size => Gen.Int[0, size - 1].Select(index => (size, index))).Sample(
        t =>
        {
            var proof = MerkleTree.Inclusion(t.index, t.size, Subtree);
            var leaf = MerkleTree.LeafOf(Entries[t.index]);

            Assert.Equal(Subtree(0, t.size), MerkleTree.RootOf(t.index, t.size, leaf, proof));
            Assert.True(MerkleProofs.Includes((ulong)t.index, (ulong)t.size, Subtree(0, t.size).ToArray(), leaf.ToArray(), [.. proof.Select(h => h.ToArray())]));
            Assert.Null(MerkleTree.RootOf(t.index, t.size, leaf, [.. proof, leaf]));
        },
        iter: 400);

    [Fact]
    public void Consistency_AnyTwoSizes_HoldsByTheStepsOfRfc9162AndByOurs() => Gen.Int[1, 90].SelectMany(size => Gen.Int[1, size].Select(first => (size, first))).Sample(
        t =>
        {
            var proof = MerkleTree.Consistency(t.first, t.size, Subtree);
            var (one, two) = (Subtree(0, t.first), Subtree(0, t.size));

            Assert.True(MerkleTree.Extends(t.first, one, t.size, two, proof));
            Assert.True(MerkleProofs.Extends((ulong)t.first, (ulong)t.size, one.ToArray(), two.ToArray(), [.. proof.Select(h => h.ToArray())]));
            Assert.False(MerkleTree.Extends(t.first, Digest.Of([1]), t.size, two, proof));
            Assert.False(MerkleTree.Extends(t.first, one, t.size, Digest.Of([1]), proof));
            Assert.False(MerkleTree.Extends(t.first, one, t.size, two, [.. proof, one]));
            Assert.All(proof.Select((_, i) => i), i => Assert.False(MerkleTree.Extends(t.first, one, t.size, two, [.. proof.Take(i), Digest.Of([2]), .. proof.Skip(i + 1)])));
        },
        iter: 400);

    [Fact]
    public void Extends_FromNothing_NeedsNoProof()
    {
        Assert.Empty(MerkleTree.Consistency(0, 7, Subtree));
        Assert.True(MerkleTree.Extends(0, Digest.Of([]), 7, Subtree(0, 7), []));
        Assert.False(MerkleTree.Extends(0, Digest.Of([1]), 7, Subtree(0, 7), []));
        Assert.False(MerkleTree.Extends(7, Subtree(0, 7), 6, Subtree(0, 6), []));
        Assert.False(MerkleTree.Extends(-1, Subtree(0, 7), 7, Subtree(0, 7), []));
    }

    [Fact]
    public void PublishedCases_InclusionAndConsistency_HoldAsPublished()
    {
        foreach (var c in Cases("inclusion").Where(c => Fits(c["leafIdx"]) && Fits(c["treeSize"]) && IsDigest(c["root"]) && IsDigest(c["leafHash"]) && Hashes(c).All(IsDigest)))
        {
            var root = MerkleTree.RootOf((long)c["leafIdx"]!, (long)c["treeSize"]!, DigestOf(c["leafHash"]), [.. Hashes(c).Select(DigestOf)]);
            Assert.True(!(bool)c["wantErr"]! == (root == DigestOf(c["root"])), (string)c["file"]!);
        }

        foreach (var c in Cases("consistency").Where(c => Fits(c["size1"]) && Fits(c["size2"]) && (long)c["size1"]! > 0 && IsDigest(c["root1"]) && IsDigest(c["root2"]) && Hashes(c).All(IsDigest)))
        {
            var holds = MerkleTree.Extends((long)c["size1"]!, DigestOf(c["root1"]), (long)c["size2"]!, DigestOf(c["root2"]), [.. Hashes(c).Select(DigestOf)]);
            Assert.True(!(bool)c["wantErr"]! == holds, (string)c["file"]!);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1_100)]
    public void Blocks_AnySize_GiveTheSameProofsAndReadOneBlock(int size)
    {
        var blocks = new MerkleBlocks();
        for (var i = 0; i < size / MerkleBlocks.Size; i++)
        {
            blocks.Add(MerkleBlocks.RootOf(Entries.Skip(i * MerkleBlocks.Size).Take(MerkleBlocks.Size)));
        }

        Digest Quick(long start, long count) => blocks.Subtree(start, count, (from, many) =>
        {
            Assert.Equal(from / MerkleBlocks.Size, (from + many - 1) / MerkleBlocks.Size);
            return Entries.Skip((int)from).Take((int)many);
        });

        Assert.Equal(Subtree(0, size), Quick(0, size));
        foreach (var index in new[] { 0, size / 3, size / 2, size - 1 })
        {
            Assert.Equal(MerkleTree.Inclusion(index, size, Subtree), MerkleTree.Inclusion(index, size, Quick));
            Assert.Equal(MerkleTree.Consistency(index, size, Subtree), MerkleTree.Consistency(index, size, Quick));
        }
    }

    [Fact]
    public void Roots_EntriesAndSizes_AllFollowFromOneListOfHashes() => (
        from size in Gen.Int[2, 80]
        from shown in Gen.Bool.Array[size]
        from ends in Gen.Bool.Array[size]
        select (size, Indices(shown), Indices(ends).Where(i => i > 0).ToArray())).Sample(
        t =>
        {
            var (size, indices, sizes) = t;
            var hashes = MerkleInclusion.Prove(size, indices, sizes, Subtree);
            (long, Digest)[] entries = [.. indices.Select(i => (i, Entries[i]))];

            Assert.Equal([Subtree(0, size), .. sizes.Select(s => Subtree(0, s))], MerkleInclusion.Roots(size, entries, sizes, hashes));
            Assert.Null(MerkleInclusion.Roots(size, entries, sizes, [.. hashes, Entries[0]]));
            Assert.Null(MerkleInclusion.Roots(size, entries, [.. sizes, size], hashes));
            Assert.All(hashes.Select((_, i) => i), i => Assert.NotEqual(Subtree(0, size), MerkleInclusion.Roots(size, entries, sizes, [.. hashes.Take(i), Digest.Of([254]), .. hashes.Skip(i + 1)])![0]));
        },
        iter: 300);

    private static long[] Indices(bool[] chosen) => [.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i]).Select(i => (long)i)];

    private static Digest Subtree(long start, long count) => MerkleBlocks.RootOf(Entries.Skip((int)start).Take((int)count));

    private static IEnumerable<JsonNode> Cases(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Samples.Folder, "vectors", "merkle", name + ".json")))!["cases"]!.AsArray().Select(c => c!);

    private static bool Fits(JsonNode? number) => long.TryParse(number!.ToJsonString(), out _);

    private static List<JsonNode?> Hashes(JsonNode c) => [.. c["proof"]?.AsArray() ?? []];

    private static bool IsDigest(JsonNode? node) => node is not null && Convert.FromBase64String((string)node!).Length == Digest.Size;

    private static Digest DigestOf(JsonNode? node) => new(Convert.FromBase64String((string)node!));
}
