using System.Globalization;
using System.Text;
using CsCheck;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class AgreementHistoryTests
{
    private static readonly Agreement Model = AssessmentCase.Read("amended-split").Agreement;
    private static readonly WindowPlan Years = new(WindowKind.Year, 1);
    private static readonly WindowPlan Months = new(WindowKind.Month, 1);
    private static readonly WindowPlan Spring = new(WindowKind.Season, 3) { SeasonMonths = 3 };

    private static readonly Gen<WindowPlan> AnyPlan =
        from kind in Gen.Int[0, 4]
        from start in Gen.Int[1, 12]
        from months in Gen.Int[1, 11]
        select new WindowPlan((WindowKind)kind, start) { SeasonMonths = months };

    private static readonly Gen<(WindowPlan Plan, int Effective, RunningWindow Running)> AnyAmendment =
        from plan in AnyPlan
        from effective in Gen.Int[0, 1095]
        from running in Gen.Int[0, 2]
        select (plan, effective, (RunningWindow)running);

    [Theory]
    [InlineData("2020-07-01", RunningWindow.Reopen, "2020=2 2021=2")]
    [InlineData("2020-07-01", RunningWindow.Leave, "2020=1 2021=2")]
    [InlineData("2020-07-01", RunningWindow.Split, "2020-01-01..2020-06-30=1 2020-07-01..2020-12-31=2 2021=2")]
    [InlineData("2021-01-01", RunningWindow.Reopen, "2020=1 2021=2")]
    [InlineData("2021-01-01", RunningWindow.Leave, "2020=1 2021=2")]
    [InlineData("2021-01-01", RunningWindow.Split, "2020=1 2021=2")]
    public void Of_SamePlan_GivesTheRunningWindowToTheVersionThatTheAmendmentSays(string effective, RunningWindow running, string windows) =>
        Assert.Equal(windows, Windows(Version(1, Years), Version(2, Years, effective, running)));

    [Theory]
    [InlineData("2020-10-15", RunningWindow.Reopen, "2020=2 2021-01=2 2021-02=2")]
    [InlineData("2020-10-15", RunningWindow.Leave, "2020=1 2021-01=2 2021-02=2")]
    [InlineData("2020-10-15", RunningWindow.Split, "2020-01-01..2020-10-14=1 2020-10-15..2020-10-31=2 2020-11=2 2020-12=2 2021-01=2 2021-02=2")]
    public void Of_YearsThenMonths_EndsTheYearFirst(string effective, RunningWindow running, string windows) =>
        Assert.Equal(windows, Windows(Version(1, Years), Version(2, Months, effective, running) with { InForceTo = Day("2021-02-28") }));

    [Theory]
    [InlineData("2020-03-15", RunningWindow.Reopen, "2020-01=1 2020-02=1 2020-03=2 2021=2")]
    [InlineData("2020-03-15", RunningWindow.Leave, "2020-01=1 2020-02=1 2020-03=1 2021=2")]
    [InlineData("2020-03-15", RunningWindow.Split, "2020-01=1 2020-02=1 2020-03-01..2020-03-14=1 2020-03-15..2020-12-31=2 2021=2")]
    [InlineData("2020-03-01", RunningWindow.Split, "2020-01=1 2020-02=1 2020-03-01..2020-12-31=2 2021=2")]
    public void Of_MonthsThenYears_LeavesWhatTheNewPlanDoesNotReach(string effective, RunningWindow running, string windows) =>
        Assert.Equal(windows, Windows(Version(1, Months), Version(2, Years, effective, running)));

    [Theory]
    [InlineData("2020-04-01", RunningWindow.Split, "2020-03-01..2020-03-31=1 2020-04-01..2020-05-31=2 2021-03..2021-05=2")]
    [InlineData("2020-08-01", RunningWindow.Split, "2020-03..2020-05=1 2021-03..2021-05=2")]
    [InlineData("2020-08-01", RunningWindow.Reopen, "2020-03..2020-05=1 2021-03..2021-05=2")]
    public void Of_Seasons_AmendsBetweenThemWithoutARunningWindow(string effective, RunningWindow running, string windows) =>
        Assert.Equal(windows, Windows(Version(1, Spring), Version(2, Spring, effective, running)));

    [Theory]
    [InlineData(RunningWindow.Split, "2020-01-01..2020-03-31=1 2020-04-01..2020-09-30=2 2020-10-01..2020-12-31=3 2021=3")]
    [InlineData(RunningWindow.Reopen, "2020-01-01..2020-03-31=1 2020-04-01..2020-12-31=3 2021=3")]
    [InlineData(RunningWindow.Leave, "2020-01-01..2020-03-31=1 2020-04-01..2020-12-31=2 2021=3")]
    public void Of_ThreeVersions_AmendsThePartThatRuns(RunningWindow running, string windows) =>
        Assert.Equal(windows, Windows(Version(3, Years, "2020-10-01", running), Version(1, Years), Version(2, Years, "2020-04-01", RunningWindow.Split)));

    [Fact]
    public void Of_ProlongedPeriod_GoesOnUnderTheNewVersion() =>
        Assert.Equal("2020=1 2021=2 2022=2", Windows(Version(1, Years), Version(2, Years, "2020-07-01", RunningWindow.Leave) with { InForceTo = Day("2022-12-31") }));

    [Fact]
    public void Of_ManyProblems_NamesAllOfThem()
    {
        var problems = Problems(
            Version(1, Years), Version(2, Years, "2022-01-01", RunningWindow.Split), Version(2, Years, "2020-07-01", RunningWindow.Split) with { Id = "other" },
            Version(4, Years, "2020-07-01", RunningWindow.Split) with { Offset = default }, Version(5, Years) with { Offset = default });

        Assert.Equal(
            [
                "id: differs: case, other", "version: 2 documents are version 2", "version 2: amends.effective: lies outside inForce of version 1",
                "version 2: amends.effective: lies outside inForce of version 2",
                "version 4: offset: is +00:00, that of version 2 is +08:00", "version 4: amends.version: amends version 3, which is not given",
                "version 4: amends.effective: is not later than that of version 2", "version 5: amends: is missing",
            ],
            problems.Select(p => $"{p.Path}: {p.What}"));
        Assert.All(problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Fact]
    public void Of_LaterVersionAlone_AsksForTheOneItAmends() =>
        Assert.Equal("version 2: amends.version: amends version 1, which is not given. Add the document of version 1.", Assert.Single(Problems(Version(2, Years, "2020-07-01", RunningWindow.Split))).ToString());

    [Fact]
    public void Of_TwoVersionsThatAmendTheSame_SaysWhichComesBetween()
    {
        var third = Version(3, Years, "2020-08-01", RunningWindow.Split);

        var problem = Assert.Single(Problems(Version(1, Years), Version(2, Years, "2020-07-01", RunningWindow.Split), third with { Amends = third.Amends! with { Version = 1 } }));

        Assert.Equal("amends version 1, but version 2 comes between", problem.What);
    }

    [Fact]
    public void Of_ReopenedWindowThatBeginsBeforeTheNewVersion_IsRefused() =>
        Assert.Equal(
            "version 2: inForce.from",
            Assert.Single(Problems(Version(1, Years), Version(2, Years, "2020-07-01", RunningWindow.Reopen) with { InForceFrom = Day("2020-07-01") })).Path);

    [Theory]
    [InlineData("\"version\": 1, \"effective\"", "\"version\": 2, \"effective\"", "amends.version")]
    [InlineData("\"effective\": \"2020-07-01\"", "\"effective\": \"July\"", "amends.effective")]
    [InlineData("\"running\": \"split\"", "\"running\": \"stop\"", "amends.running")]
    [InlineData("\"running\": \"split\"", "\"runing\": \"split\"", "amends.running amends.runing")]
    [InlineData("\"kind\": \"year\"", "\"kind\": \"season\", \"months\": 12", "window.startMonth window.months completeness.monthsPerWindow.value")]
    [InlineData("\"kind\": \"year\"", "\"kind\": \"week\", \"startMonth\": 1", "window.startMonth completeness.monthsPerWindow.value")]
    public void Read_Mistake_NamesItsPlace(string right, string wrong, string paths)
    {
        var text = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/amended-split/agreement-2.json"));
        Assert.Contains(right, text, StringComparison.Ordinal);
        var json = Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal));

        var problems = Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", json)).Problems;

        Assert.Equal(paths, string.Join(' ', problems.Select(p => p.Path)));
    }

    [Fact]
    public void Assess_LaterVersionAlone_IsRefused() =>
        Assert.Throws<DocumentException>(() => Assessment.Assess(Model, new AssessmentInput { Observations = [] }));

    [Fact]
    public void Of_AnyAmendments_EveryDayIsInAtMostOneWindowAndWindowAtFindsIt() =>
        Gen.Select(AnyPlan, AnyAmendment.Array[0, 3]).Sample((plan, amendments) =>
        {
            var history = AgreementHistory.Of(Versions(plan, amendments));
            var pairs = history.Windows.Zip(history.Windows.Skip(1)).ToList();
            return pairs.TrueForAll(p => p.First.Window.From < p.First.Window.To && p.First.Window.To <= p.Second.Window.From && p.First.Agreement.Version <= p.Second.Agreement.Version)
                && history.Windows.Select(w => w.Window.Label).Distinct().Count() == history.Windows.Count
                && EveryDay().All(day => Holds(history, day));
        }, iter: 100);

    [Fact]
    public void Of_AnySplitsOfOnePlan_TheWindowsHoldTheSameDaysAsWithoutAndNeedNoFewerMonths() =>
        Gen.Select(AnyPlan, Gen.Int[0, 1095].Array[0, 4], Gen.Int[1, 12]).Sample((plan, days, minimum) =>
        {
            var amended = AgreementHistory.Of(Versions(plan, [.. days.Select(day => (plan, day, RunningWindow.Split))]));
            var once = AgreementHistory.Of([Version(1, plan)]);
            return once.Windows.All(whole =>
            {
                var parts = amended.Windows.Where(w => w.Window.From >= whole.Window.From && w.Window.To <= whole.Window.To).ToList();
                return Days(parts).SequenceEqual(Days([whole])) && Needed(parts, minimum, plan) >= Needed([whole], minimum, plan);
            });
        }, iter: 300);

    [Fact]
    public void Of_EffectiveOnTheFirstDayOfAWindow_IsTheSameWhateverRuns() =>
        Gen.Select(AnyPlan, Gen.Int[0, 400]).Sample((plan, after) =>
        {
            var start = plan.From(Day("2020-01-01").AddDays(after), Model.Offset).First().From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var all = Enum.GetValues<RunningWindow>().Select(r => Windows(Version(1, plan) with { InForceTo = Day("2024-12-31") }, Version(2, plan, start, r) with { InForceTo = Day("2024-12-31") }));
            return all.Distinct().Count() == 1;
        });

    private static Agreement[] Versions(WindowPlan plan, (WindowPlan Plan, int Effective, RunningWindow Running)[] amendments) =>
    [
        Version(1, plan),
        .. amendments.DistinctBy(a => a.Effective).OrderBy(a => a.Effective)
            .Select((a, i) => Version(i + 2, a.Plan, Day("2019-01-01").AddDays(a.Effective).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), a.Running)),
    ];

    private static bool Holds(AgreementHistory history, DateOnly day)
    {
        var holding = history.Windows.Where(w => w.Window.From <= day && day < w.Window.To).ToList();
        var (first, last) = (Model.Offset.StartOf(day), new Instant(Model.Offset.StartOf(day.AddDays(1)).UnixMilliseconds - 1));
        return holding.Count <= 1 && history.WindowAt(first) == holding.SingleOrDefault() && history.WindowAt(last) == holding.SingleOrDefault();
    }

    private static IEnumerable<DateOnly> EveryDay() => Enumerable.Range(Day("2018-12-31").DayNumber, 1100).Select(DateOnly.FromDayNumber);

    private static IEnumerable<int> Days(IEnumerable<AssessedWindow> windows) =>
        windows.SelectMany(w => Enumerable.Range(w.Window.From.DayNumber, w.Window.To.DayNumber - w.Window.From.DayNumber));

    private static int Needed(IEnumerable<AssessedWindow> windows, int minimum, WindowPlan plan)
    {
        var completeness = Model.Completeness with { MonthsPerWindow = new Stated<int>(int.Min(minimum, plan.Months), "Case", Certainty.KnownHigh) };
        return windows.Sum(w => completeness.MonthsNeeded(plan, w.Window.Periods().Count()));
    }

    private static Agreement Version(int version, WindowPlan plan) => Model with
    {
        Version = version, Windows = plan, Amends = null, InForceFrom = Day("2019-01-01"), InForceTo = Day("2021-12-31"),
    };

    private static Agreement Version(int version, WindowPlan plan, string effective, RunningWindow running) =>
        Version(version, plan) with { Amends = new Amendment(version - 1, Day(effective), running) };

    private static string Windows(params Agreement[] documents) => string.Join(
        ' ', AgreementHistory.Of(documents).Windows.Where(w => w.Window.From >= Day("2020-01-01")).Select(w => $"{w.Window.Label}={w.Agreement.Version}"));

    private static IReadOnlyList<DocumentProblem> Problems(params Agreement[] documents) =>
        Assert.Throws<DocumentException>(() => AgreementHistory.Of(documents)).Problems;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
