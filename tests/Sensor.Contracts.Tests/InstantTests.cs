using CsCheck;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests;

public sealed class InstantTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00Z", 0)]
    [InlineData("2020-05-08T08:00:00+08:00", 1_588_896_000_000)]
    [InlineData("2020-05-08T08:00+08:00", 1_588_896_000_000)]
    [InlineData("2020-05-08T00:00:00.5Z", 1_588_896_000_500)]
    [InlineData("2020-05-07T20:30:00.123-03:30", 1_588_896_000_123)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("0001-01-01T00:00:00Z", -62_135_596_800_000)]
    [InlineData("9999-12-31T23:59:59.999Z", 253_402_300_799_999)]
    public void TryParse_Iso8601WithOffset_GivesTheMoment(string text, long expected)
    {
        Assert.True(Instant.TryParse(text, out var instant));
        Assert.Equal(expected, instant.UnixMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2020-05-08")]
    [InlineData("2020-05-08T08:00:00")]
    [InlineData("2020-05-08 08:00:00+08:00")]
    [InlineData("2020-05-08T08:00:00+0800")]
    [InlineData("2020-05-08T08:00:00+08")]
    [InlineData("2020-05-08T08:00:00z")]
    [InlineData("2020-05-08T08:00:00.1234Z")]
    [InlineData("2020-02-30T08:00:00Z")]
    [InlineData("2020-05-08T24:00:00Z")]
    [InlineData("2020-05-08T08:00:60Z")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData(" 2020-05-08T08:00:00Z")]
    [InlineData("2020-05-08T08:00:00Z ")]
    [InlineData("08/05/2020 08:00:00Z")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Instant.TryParse(text, out _));

    [Fact]
    public void ToString_AnyInstant_ReadsBack() => Some.AnyInstant.Sample(
        instant => Instant.TryParse(instant.ToString(), out var again) && again == instant,
        iter: 20_000);

    [Fact]
    public void TryParse_RandomText_NeverThrows() => Gen.Char["0123456789-T:.+Z"].Array[0, 32].Sample(
        characters => !Instant.TryParse(new string(characters), out var instant) || Instant.InRange(instant.UnixMilliseconds),
        iter: 20_000);

    [Fact]
    public void Compare_AnyTwo_IsTheOrderOfTheirMilliseconds() => Gen.Select(Some.AnyInstant, Some.AnyInstant).Sample((a, b) =>
    {
        Assert.Equal(a.UnixMilliseconds < b.UnixMilliseconds, a < b);
        Assert.Equal(a.UnixMilliseconds > b.UnixMilliseconds, a > b);
        Assert.Equal(a.UnixMilliseconds <= b.UnixMilliseconds, a <= b);
        Assert.Equal(a.UnixMilliseconds >= b.UnixMilliseconds, a >= b);
        Assert.Equal(a, Instant.From(a.ToDateTimeOffset()));
    });

    [Theory]
    [InlineData(-62_135_596_800_001, false)]
    [InlineData(-62_135_596_800_000, true)]
    [InlineData(253_402_300_799_999, true)]
    [InlineData(253_402_300_800_000, false)]
    public void InRange_AtTheEdges_IsYears1To9999(long milliseconds, bool expected) => Assert.Equal(expected, Instant.InRange(milliseconds));
}
