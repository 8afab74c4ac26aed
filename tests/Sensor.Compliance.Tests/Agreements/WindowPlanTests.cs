using Sensor.Compliance.Agreements;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class WindowPlanTests
{
    private static readonly UtcOffset China = new(480);

    [Theory]
    [InlineData(WindowKind.Year, 1, "2020-12-31", "2020", "2020-01-01", "2021-01-01")]
    [InlineData(WindowKind.Year, 5, "2021-04-30", "2020-05..2021-04", "2020-05-01", "2021-05-01")]
    [InlineData(WindowKind.Year, 5, "2021-05-01", "2021-05..2022-04", "2021-05-01", "2022-05-01")]
    [InlineData(WindowKind.Quarter, 1, "2020-09-30", "2020-Q3", "2020-07-01", "2020-10-01")]
    [InlineData(WindowKind.Quarter, 2, "2021-01-15", "2020-11..2021-01", "2020-11-01", "2021-02-01")]
    [InlineData(WindowKind.Month, 1, "2020-02-29", "2020-02", "2020-02-01", "2020-03-01")]
    public void WindowOf_Day_GivesItsWindow(WindowKind kind, int startMonth, string day, string label, string from, string to)
    {
        var window = new WindowPlan(kind, startMonth).WindowOf(Day(day), China);

        Assert.Equal((label, Day(from), Day(to)), (window.Label, window.From, window.To));
    }

    [Theory]
    [InlineData("2020-08-31T15:59:59.999Z", "2020-08-31")]
    [InlineData("2020-08-31T16:00:00Z", "2020-09-01")]
    [InlineData("1969-12-31T15:59:59.999Z", "1969-12-31")]
    [InlineData("1969-12-31T16:00:00Z", "1970-01-01")]
    public void DayOf_Moment_IsCutInTheOffset(string moment, string day)
    {
        Assert.True(Instant.TryParse(moment, out var instant));
        Assert.Equal(Day(day), China.DayOf(instant));
        Assert.True(China.StartOf(Day(day)) <= instant && instant < China.StartOf(Day(day).AddDays(1)));
    }

    [Theory]
    [InlineData("+08:00", 480)]
    [InlineData("-03:30", -210)]
    [InlineData("+00:00", 0)]
    public void TryParse_Offset_ReadsAndWritesTheSame(string text, int minutes)
    {
        Assert.True(UtcOffset.TryParse(text, out var offset));
        Assert.Equal((minutes, text), (offset.Minutes, offset.ToString()));
    }

    [Theory]
    [InlineData("08:00")]
    [InlineData("+8:00")]
    [InlineData("+08:60")]
    [InlineData("+15:00")]
    [InlineData("Asia/Shanghai")]
    public void TryParse_NoFixedOffset_IsRefused(string text) => Assert.False(UtcOffset.TryParse(text, out _));

    [Theory]
    [InlineData(60, true, 31, 19)]
    [InlineData(60, true, 30, 18)]
    [InlineData(60, true, 28, 17)]
    [InlineData(100, true, 28, 28)]
    [InlineData(20, false, 31, 20)]
    [InlineData(31, false, 28, 28)]
    public void Needed_CountOrShare_IsRoundedUpAndNeverMoreThanTheMonthHas(int value, bool percent, int days, int needed) =>
        Assert.Equal(needed, new DaysPerMonth(value, percent).Needed(days));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
