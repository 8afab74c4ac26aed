using System.Globalization;
using CsCheck;
using Sensor.Compliance.Agreements;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class WindowPlanTests
{
    private static readonly UtcOffset China = new(480);
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly Gen<WindowPlan> AnyPlan =
        from kind in Gen.Int[0, 4]
        from start in Gen.Int[1, 12]
        from months in Gen.Int[1, 11]
        select new WindowPlan((WindowKind)kind, start) { SeasonMonths = months };

    private static readonly Gen<DateOnly> AnyDay = Gen.Int[Day("1900-01-01").DayNumber, Day("2200-12-31").DayNumber].Select(DateOnly.FromDayNumber);

    [Theory]
    [InlineData(WindowKind.Year, 1, "2020-12-31", "2020", "2020-01-01", "2021-01-01")]
    [InlineData(WindowKind.Year, 5, "2021-04-30", "2020-05..2021-04", "2020-05-01", "2021-05-01")]
    [InlineData(WindowKind.Year, 5, "2021-05-01", "2021-05..2022-04", "2021-05-01", "2022-05-01")]
    [InlineData(WindowKind.Quarter, 1, "2020-09-30", "2020-Q3", "2020-07-01", "2020-10-01")]
    [InlineData(WindowKind.Quarter, 2, "2021-01-15", "2020-11..2021-01", "2020-11-01", "2021-02-01")]
    [InlineData(WindowKind.Month, 1, "2020-02-29", "2020-02", "2020-02-01", "2020-03-01")]
    [InlineData(WindowKind.Week, 1, "2020-08-03", "2020-W32", "2020-08-03", "2020-08-10")]
    [InlineData(WindowKind.Week, 1, "2020-08-09", "2020-W32", "2020-08-03", "2020-08-10")]
    [InlineData(WindowKind.Week, 1, "2021-01-03", "2020-W53", "2020-12-28", "2021-01-04")]
    [InlineData(WindowKind.Week, 1, "2018-12-31", "2019-W01", "2018-12-31", "2019-01-07")]
    [InlineData(WindowKind.Season, 3, "2020-03-01", "2020-03..2020-07", "2020-03-01", "2020-08-01")]
    [InlineData(WindowKind.Season, 3, "2020-07-31", "2020-03..2020-07", "2020-03-01", "2020-08-01")]
    [InlineData(WindowKind.Season, 11, "2021-02-01", "2020-11..2021-03", "2020-11-01", "2021-04-01")]
    public void WindowOf_Day_GivesItsWindow(WindowKind kind, int startMonth, string day, string label, string from, string to)
    {
        var window = new WindowPlan(kind, startMonth) { SeasonMonths = 5 }.WindowOf(Day(day), China)!;

        Assert.Equal((label, Day(from), Day(to)), (window.Label, window.From, window.To));
    }

    [Theory]
    [InlineData("2020-02-29")]
    [InlineData("2020-08-01")]
    [InlineData("2021-01-01")]
    public void WindowOf_DayBetweenSeasons_IsNone(string day) =>
        Assert.Null(new WindowPlan(WindowKind.Season, 3) { SeasonMonths = 5 }.WindowOf(Day(day), China));

    [Fact]
    public void WindowOf_EveryDayOfFortyYears_IsTheIsoWeek()
    {
        for (var day = Day("1990-01-01"); day < Day("2030-01-01"); day = day.AddDays(1))
        {
            var moment = day.ToDateTime(default);
            var expected = string.Create(Invariant, $"{ISOWeek.GetYear(moment):0000}-W{ISOWeek.GetWeekOfYear(moment):00}");
            Assert.Equal(expected, new WindowPlan(WindowKind.Week, 1).WindowOf(day, China)!.Label);
        }
    }

    [Theory]
    [InlineData(WindowKind.Year, 1, "2020-07-01", "2019", "2019")]
    [InlineData(WindowKind.Year, 5, "2020-07-01", "2019-05..2020-04", "2019-05..2020-04")]
    [InlineData(WindowKind.Quarter, 1, "2020-02-01", "2019-Q4", "2019-Q1")]
    [InlineData(WindowKind.Month, 1, "2021-02-01", "2021-01", "2020-02")]
    [InlineData(WindowKind.Week, 1, "2020-08-03", "2020-W31", "2019-W32")]
    [InlineData(WindowKind.Week, 1, "2021-01-04", "2020-W53", "2020-W01")]
    [InlineData(WindowKind.Week, 1, "2020-12-31", "2020-W52", null)]
    [InlineData(WindowKind.Season, 3, "2020-07-01", "2019-03..2019-07", "2019-03..2019-07")]
    public void Neighbours_Window_AreTheOneBeforeAndTheSameAYearEarlier(WindowKind kind, int startMonth, string day, string before, string? yearBefore)
    {
        var plan = new WindowPlan(kind, startMonth) { SeasonMonths = 5 };
        var window = plan.WindowOf(Day(day), China)!;

        Assert.Equal((before, yearBefore), (plan.Previous(window)?.Label, plan.YearBefore(window)?.Label));
    }

    [Theory]
    [InlineData(WindowKind.Year, "2020-07-01", "2021-01-01", "2019", "2019-07-01..2019-12-31")]
    [InlineData(WindowKind.Year, "2020-01-01", "2020-02-29", "2019", "2019-01-01..2019-02-28")]
    [InlineData(WindowKind.Year, "2020-02-29", "2021-01-01", "2019", "2019-03-01..2019-12-31")]
    [InlineData(WindowKind.Year, "2021-01-01", "2021-03-01", "2020", "2020-01-01..2020-02-29")]
    [InlineData(WindowKind.Month, "2020-02-29", "2020-03-01", "2020-01", null)]
    [InlineData(WindowKind.Week, "2020-08-05", "2020-08-10", "2020-W31", "2019-08-07..2019-08-11")]
    [InlineData(WindowKind.Week, "2021-01-01", "2021-01-04", "2020-W52", null)]
    public void Neighbours_CutWindow_AreTheOneBeforeTheWholeAndTheSameDaysAYearEarlier(WindowKind kind, string from, string to, string before, string? yearBefore)
    {
        var plan = new WindowPlan(kind, 1);
        var window = plan.WindowOf(Day(from), China)!.Cut(Day(from), Day(to));

        Assert.Equal((before, yearBefore), (plan.Previous(window)?.Label, plan.YearBefore(window)?.Label));
    }

    [Fact]
    public void Previous_EveryWindowOfAnyPlan_IsTheOneThatTheWindowFollows() =>
        Gen.Select(AnyPlan, AnyDay).Sample((plan, day) =>
        {
            var pair = plan.From(day, China).Take(2).ToList();
            return plan.Previous(pair[1]) == pair[0];
        });

    [Fact]
    public void YearBefore_PartsOfAnyWindow_AddUpToThatOfTheWhole() =>
        Gen.Select(AnyPlan, AnyDay, Gen.Int[1, 366]).Sample((plan, day, days) =>
        {
            var whole = plan.From(day, China).First();
            var cut = whole.From.AddDays(days % (whole.To.DayNumber - whole.From.DayNumber));
            var parts = new[] { whole.Cut(whole.From, cut), whole.Cut(cut, whole.To) }.Where(p => p.From < p.To).Select(plan.YearBefore).OfType<Window>();
            return Days(parts).SequenceEqual(Days(new[] { plan.YearBefore(whole) }.OfType<Window>()));
        });

    [Fact]
    public void WindowOf_EveryDayOfAnyPlan_HoldsItAndIsTheSameForAllItsDays() =>
        Gen.Select(AnyPlan, AnyDay).Sample((plan, day) =>
            plan.WindowOf(day, China) is not { } window
                ? plan.Kind == WindowKind.Season
                : window.From <= day && day < window.To && plan.WindowOf(window.From, China) == window && plan.WindowOf(window.To.AddDays(-1), China) == window
                    && window.Periods().Count() == plan.Months && window.Periods().Sum(p => p.Days) == window.To.DayNumber - window.From.DayNumber);

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

    private static IEnumerable<int> Days(IEnumerable<Window> windows) =>
        windows.SelectMany(w => Enumerable.Range(w.From.DayNumber, w.To.DayNumber - w.From.DayNumber));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", Invariant);
}
