using System.IO.Compression;
using System.Text;
using CsCheck;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests.Bundles;

public sealed class BundleContainerTests
{
    private static readonly BundleMember[] Members =
        [Member("manifest.json", "{}"), Member("manifest.jws", "a..b"), Member("agreement/1.json", "{ }"), Member("records.cbor", ""), Member("z", "水")];

    [Fact]
    public void Read_WhatWriteMade_GivesTheMembersInTheirOrder()
    {
        var read = BundleContainer.Read(BundleContainer.Write(Members.Reverse()));

        Assert.Equal(Members.Select(m => m.Name), read.Select(m => m.Name));
        Assert.All(Members.Zip(read), pair => Assert.Equal(pair.First.Content.ToArray(), pair.Second.Content.ToArray()));
    }

    [Fact]
    public void Write_AnyMembers_IsAZipThatOthersRead()
    {
        using var zip = new ZipArchive(new MemoryStream(BundleContainer.Write(Members)));

        Assert.Equal(Members.Select(m => m.Name), zip.Entries.Select(e => e.FullName));
        using var text = new StreamReader(zip.GetEntry("z")!.Open(), Encoding.UTF8);
        Assert.Equal("水", text.ReadToEnd());
    }

    [Fact]
    public void Read_EveryChangeOfOneByte_IsRefused()
    {
        var file = BundleContainer.Write(Members);
        for (var at = 0; at < file.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])file.Clone();
                changed[at] ^= (byte)(1 << bit);
                Assert.Throws<FormatException>(() => BundleContainer.Read(changed));
            }
        }
    }

    [Fact]
    public void Read_AnyOtherBytes_AreRefusedWithAReason()
    {
        var file = BundleContainer.Write(Members);
        Mutations.Of(file).Where(bytes => !bytes.AsSpan().SequenceEqual(file)).Sample(
            bytes => Assert.NotEmpty(Assert.Throws<FormatException>(() => BundleContainer.Read(bytes)).Message), iter: 5000);
    }

    [Fact]
    public void Read_ZipThatAnotherToolMade_IsRefused()
    {
        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var member in Members)
            {
                using var entry = zip.CreateEntry(member.Name, CompressionLevel.NoCompression).Open();
                entry.Write(member.Content.Span);
            }
        }

        Assert.True(BundleContainer.BeginsAsOne(made.ToArray()));
        Assert.Throws<FormatException>(() => BundleContainer.Read(made.ToArray()));
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a/.hidden")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("水")]
    [InlineData("")]
    public void Write_NameThatIsNotAllowedOrTaken_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => BundleContainer.Write([.. Members, Member(name, "")]));

    [Fact]
    public void Write_WithoutManifestOrItsSignature_Throws()
    {
        Assert.Throws<ArgumentException>(() => BundleContainer.Write(Members.Skip(1)));
        Assert.Throws<ArgumentException>(() => BundleContainer.Write(Members.Where(m => m.Name != "manifest.jws")));
    }

    private static BundleMember Member(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
