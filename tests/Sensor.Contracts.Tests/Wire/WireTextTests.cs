using System.Text;
using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class WireTextTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("水水水水", true)]
    [InlineData("水水水水水", false)]
    [InlineData("123456789012", true)]
    [InlineData("1234567890123", false)]
    [InlineData("", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u001Fb", false)]
    [InlineData("a\u007Fb", false)]
    [InlineData("\u00E9", true)]
    [InlineData("e\u0301", true)]
    [InlineData("\U0001F30A", true)]
    public void IsAllowed_Text_CountsBytesAndRefusesControls(string text, bool allowed) => Assert.Equal(allowed, WireText.IsAllowed(text, 12));

    [Fact]
    public void IsAllowed_HalfACharacter_IsRefused()
    {
        Assert.False(WireText.IsAllowed("\uD83C", 12));
        Assert.False(WireText.IsAllowed("\uDF0A\uD83C", 12));
    }

    [Fact]
    public void Fit_AnyText_IsAllowedAfterwards() => Gen.Select(Gen.String, Gen.Int[4, 40]).Sample(
        (text, longest) =>
        {
            var fit = WireText.Fit(text, longest);
            Assert.True(text.Length == 0 ? fit is null : WireText.IsAllowed(fit!, longest));
            Assert.True(!WireText.IsAllowed(text, longest) || fit == text);
        },
        iter: 5_000);

    [Fact]
    public void Fit_LongText_IsCutBetweenCharacters() => Assert.Equal(12, Encoding.UTF8.GetByteCount(WireText.Fit("水水水水水", 14)!));

    [Fact]
    public void Fit_Controls_BecomeSpaces() => Assert.Equal("7.02  ok", WireText.Fit("7.02\r\nok", 20));
}
