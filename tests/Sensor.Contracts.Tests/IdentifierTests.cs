using CsCheck;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests;

public sealed class IdentifierTests
{
    [Fact]
    public void Digest_AnyBytes_RoundTripsThroughBytesAndText() => Gen.Byte.Array[Digest.Size].Sample(bytes =>
    {
        var digest = new Digest(bytes);
        Assert.Equal(bytes, digest.ToArray());
        Assert.Equal(Convert.ToHexStringLower(bytes), digest.ToString());
        Assert.Equal(digest, Digest.Parse(digest.ToString()));
        Assert.Equal(digest, Digest.Parse(digest.ToString().ToUpperInvariant()));
    });

    [Fact]
    public void LifeId_AnyBytes_RoundTripsThroughBytesAndText() => Gen.Byte.Array[LifeId.Size].Sample(bytes =>
    {
        var id = new LifeId(bytes);
        Assert.Equal(bytes, id.ToArray());
        Assert.Equal(Convert.ToHexStringLower(bytes), id.ToString());
        Assert.Equal(id, LifeId.Parse(id.ToString()));
    });

    [Fact]
    public void Compare_AnyTwo_IsTheOrderOfTheirText()
    {
        Gen.Select(Some.AnyDigest, Some.AnyDigest).Sample((a, b) => Math.Sign(a.CompareTo(b)) == Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())));
        Gen.Select(Some.AnyLife, Some.AnyLife).Sample((a, b) => Math.Sign(a.CompareTo(b)) == Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())));
    }

    [Fact]
    public void Digest_OfAbc_IsThePublishedValue() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Digest.Of("abc"u8).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(33)]
    public void Constructor_AnotherLength_Throws(int length)
    {
        Assert.Throws<ArgumentException>(() => new Digest(new byte[length]));
        Assert.Throws<ArgumentException>(() => new LifeId(new byte[length]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223")]
    public void Parse_NotHexadecimalOfThatLength_Throws(string text)
    {
        Assert.Throws<FormatException>(() => Digest.Parse(text));
        Assert.Throws<FormatException>(() => LifeId.Parse(text));
    }

    [Fact]
    public void Create_Twice_IsNotTheSame() => Assert.NotEqual(LifeId.Create(), LifeId.Create());

    [Theory]
    [InlineData("JIEKOU-1", true, false, true)]
    [InlineData("jiekou-1", false, true, true)]
    [InlineData("Jiekou_1.a", false, false, true)]
    [InlineData("-", true, true, true)]
    [InlineData("7", true, true, true)]
    [InlineData("", false, false, false)]
    [InlineData(null, false, false, false)]
    [InlineData("A B", false, false, false)]
    [InlineData("A/B", false, false, false)]
    [InlineData("A+", false, false, false)]
    [InlineData("#", false, false, false)]
    [InlineData("街口", false, false, false)]
    [InlineData("A\0", false, false, false)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", true, false, true)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", false, false, false)]
    public void Names_OfStationOperatorInstrument_FollowTheirRules(string? text, bool station, bool lower, bool instrument)
    {
        Assert.Equal(station, Names.IsStation(text));
        Assert.Equal(lower, Names.IsLowerId(text));
        Assert.Equal(instrument, Names.IsInstrument(text));
    }

    [Theory]
    [InlineData("街口", true)]
    [InlineData("Jiekou (left bank)", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(" 街口", false)]
    [InlineData("街口 ", false)]
    [InlineData("26#大桥", true)]
    [InlineData("a/b+c,d", true)]
    [InlineData("a\nb", false)]
    public void Names_OfSection_AreThoseOfThePublishers(string? text, bool expected) => Assert.Equal(expected, Names.IsSection(text));

    [Fact]
    public void Names_OfSection_HaveAtMost64Characters()
    {
        Assert.True(Names.IsSection(new string('水', 64)));
        Assert.False(Names.IsSection(new string('水', 65)));
    }
}
