using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests.Evidence;

public sealed class MerkleFrontierTests
{
    /// <summary>The entries behind the published proofs: the eight leaves that Certificate Transparency's test trees use.</summary>
    private static readonly byte[][] PublishedEntries =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    public static TheoryData<string> Inclusion => [.. Cases("inclusion").Select(c => (string)c["file"]!)];

    public static TheoryData<string> Consistency => [.. Cases("consistency").Select(c => (string)c["file"]!)];

    [Fact]
    public void Root_OfNothing_IsTheHashOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new MerkleFrontier().Root().ToString());

    [Fact]
    public void Root_AnySize_IsTheRecursiveDefinitionOfRfc9162() => Gen.Byte.Array[0, 40].Array[0, 70].Sample(
        entries =>
        {
            var frontier = new MerkleFrontier();
            foreach (var entry in entries)
            {
                frontier.Append(entry);
            }

            Assert.Equal(entries.Length, frontier.Size);
            Assert.Equal(Tree(entries), frontier.Root());
        },
        iter: 300);

    [Fact]
    public void Frontier_TakenUpAtAnySize_GoesOnAsIfNeverStopped() => Gen.Int[0, 60].Sample(
        at =>
        {
            var whole = Frontier(Entries(70));
            var first = Frontier(Entries(70)[..at]);
            var second = new MerkleFrontier(first.Size, first.Peaks);
            foreach (var entry in Entries(70)[at..])
            {
                second.Append(entry);
            }

            Assert.Equal(whole.Root(), second.Root());
            Assert.Equal(whole.Peaks, second.Peaks);
        },
        iter: 60);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Frontier_PeaksThatDoNotFitTheSize_Throws(long size, int peaks) =>
        Assert.Throws<ArgumentException>(() => new MerkleFrontier(size, Enumerable.Repeat(Some.Digest, peaks)));

    [Fact]
    public void Frontier_NegativeSize_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new MerkleFrontier(-1, []));

    [Theory]
    [MemberData(nameof(Inclusion))]
    public void Inclusion_PublishedCase_HoldsAgainstOurRootAsPublished(string file)
    {
        var c = Cases("inclusion").Single(c => (string)c["file"]! == file);
        var index = ulong.Parse(c["leafIdx"]!.ToJsonString(), CultureInfo.InvariantCulture);
        var size = ulong.Parse(c["treeSize"]!.ToJsonString(), CultureInfo.InvariantCulture);

        Assert.Equal(!(bool)c["wantErr"]!, MerkleProofs.Includes(index, size, Bytes(c["root"]), Bytes(c["leafHash"]), Proof(c)));
        if (IsOfThePublishedTree(c))
        {
            Assert.Equal(new Digest(Bytes(c["root"])), Frontier(PublishedEntries[..(int)size]).Root());
            Assert.Equal(new Digest(Bytes(c["leafHash"])), Frontier([PublishedEntries[index]]).Root());
        }
    }

    [Theory]
    [MemberData(nameof(Consistency))]
    public void Consistency_PublishedCase_HoldsAgainstOurRootsAsPublished(string file)
    {
        var c = Cases("consistency").Single(c => (string)c["file"]! == file);
        var (first, second) = ((ulong)c["size1"]!, (ulong)c["size2"]!);

        Assert.Equal(!(bool)c["wantErr"]!, MerkleProofs.Extends(first, second, Bytes(c["root1"]), Bytes(c["root2"]), Proof(c)));
        if (IsOfThePublishedTree(c))
        {
            Assert.Equal(new Digest(Bytes(c["root1"])), Frontier(PublishedEntries[..(int)first]).Root());
            Assert.Equal(new Digest(Bytes(c["root2"])), Frontier(PublishedEntries[..(int)second]).Root());
        }
    }

    /// <summary>The other cases that hold have roots of arbitrary bytes.</summary>
    private static bool IsOfThePublishedTree(JsonNode c) => ((string)c["file"]!).EndsWith("/happy-path.json", StringComparison.Ordinal);

    private static byte[][] Entries(int count) => [.. Enumerable.Range(0, count).Select(BitConverter.GetBytes)];

    private static MerkleFrontier Frontier(byte[][] entries)
    {
        var frontier = new MerkleFrontier();
        foreach (var entry in entries)
        {
            frontier.Append(entry);
        }

        return frontier;
    }

    private static Digest Tree(ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length < 2)
        {
            return entries.Length == 0 ? Digest.Of([]) : Digest.Of([0, .. entries[0]]);
        }

        var split = 1;
        while (split * 2 < entries.Length)
        {
            split *= 2;
        }

        return Digest.Of([1, .. Tree(entries[..split]).ToArray(), .. Tree(entries[split..]).ToArray()]);
    }

    private static IEnumerable<JsonNode> Cases(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Samples.Folder, "vectors", "merkle", name + ".json")))!["cases"]!.AsArray().Select(c => c!);

    private static byte[] Bytes(JsonNode? node) => node is null ? [] : Convert.FromBase64String((string)node!);

    private static List<byte[]> Proof(JsonNode c) => [.. c["proof"]?.AsArray().Select(Bytes) ?? []];
}
