using CsCheck;
using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Tests.Sampling;

public sealed class SlotScheduleTests
{
    [Theory]
    [InlineData("4h", "2026-05-01T00:00:00Z", "2026-05-01T04:00:00.000Z")]
    [InlineData("4h", "2026-05-01T03:59:59.999Z", "2026-05-01T04:00:00.000Z")]
    [InlineData("1m", "2026-05-01T03:59:30Z", "2026-05-01T04:00:00.000Z")]
    [InlineData("1d", "2026-05-01T03:59:30Z", "2026-05-02T00:00:00.000Z")]
    [InlineData("1h", "1969-12-31T23:30:00Z", "1970-01-01T00:00:00.000Z")]
    public void After_Instant_IsTheNextWholeMultiple(string cadence, string now, string expected)
    {
        Assert.True(Durations.TryParse(cadence, out var every));
        Assert.True(Instant.TryParse(now, out var instant));
        Assert.Equal(expected, new SlotSchedule(every).After(instant).ToString());
    }

    [Fact]
    public void After_AnyInstantAndDivisor_IsTheLeastMultipleAfterIt() =>
        Gen.Select(Gen.OneOfConst(1, 5, 60, 900, 3_600, 14_400, 86_400), Gen.Long[-10_000_000_000, 4_000_000_000_000]).Sample((seconds, now) =>
        {
            var slot = new SlotSchedule(TimeSpan.FromSeconds(seconds)).After(new Instant(now)).UnixMilliseconds;
            return slot > now && slot - now <= seconds * 1000L && slot % (seconds * 1000L) == 0;
        });

    [Theory]
    [InlineData("4h", 60_000, false)]
    [InlineData("4h", 60_001, true)]
    [InlineData("10s", 5_001, true)]
    public void IsMissed_Late_AfterAMinuteOrHalfTheCadence(string cadence, long late, bool missed)
    {
        Assert.True(Durations.TryParse(cadence, out var every));
        Assert.Equal(missed, new SlotSchedule(every).IsMissed(new Instant(0), new Instant(late)));
    }
}
