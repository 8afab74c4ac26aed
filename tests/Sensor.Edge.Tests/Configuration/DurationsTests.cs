using CsCheck;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Tests.Configuration;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1m", 60_000)]
    [InlineData("4h", 14_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("PT4H", 14_400_000)]
    [InlineData("PT1H30M", 5_400_000)]
    [InlineData("P1DT2S", 86_402_000)]
    public void TryParse_AcceptedForm_GivesItsLength(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var read));
        Assert.Equal(milliseconds, read.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("h")]
    [InlineData("4 h")]
    [InlineData("-4h")]
    [InlineData("1.5h")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("PT1M1H")]
    [InlineData("P1DT")]
    [InlineData("367d")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void Format_AnyDuration_ReadsBack() => Gen.Long[1, 86_400_000].Sample(milliseconds =>
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        return Durations.TryParse(Durations.Format(span), out var read) && read == span;
    });
}
