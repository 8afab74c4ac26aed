using Sensor.Contracts;
using Sensor.Ingest.Gaps;

namespace Sensor.Ingest.Tests.Gaps;

public sealed class RequestScheduleTests
{
    private static readonly (string Station, LifeId Run) One = ("ST-1", LifeId.Create());
    private static readonly (string Station, LifeId Run) Other = ("ST-2", LifeId.Create());
    private readonly RequestSchedule _schedule = new();

    [Fact]
    public void Due_NothingComes_AsksAfterTwiceAsLongEachTimeUpToAnHour()
    {
        Lacks((One, 5));
        var asked = new List<int>();
        for (var second = 0; second <= 15_000; second++)
        {
            if (Ask(second).Contains(One))
            {
                asked.Add(second);
            }
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3840, 7440, 11_040, 14_640], asked);
    }

    [Fact]
    public void Due_SomeOfItComes_BeginsThePausesAnew()
    {
        Lacks((One, 5));
        Assert.Equal([One], Ask(30));
        Assert.Equal([One], Ask(60));
        Lacks(70, (One, 3));

        Assert.Empty(Ask(99));
        Assert.Equal([One], Ask(100));
        Assert.Equal([One], Ask(130));
    }

    [Fact]
    public void Due_AllOfItCame_AsksNoMore()
    {
        Lacks((One, 5));
        Ask(30);
        Lacks(40);

        Assert.Empty(Ask(100_000));
        Assert.Null(_schedule.Of(One.Station, One.Run));
    }

    [Fact]
    public void Due_StationWasAwayAndReturns_IsAskedAtOnceAndTheOthersKeepTheirTurn()
    {
        Lacks((One, 5), (Other, 5));
        _schedule.Heard(One.Station, Seconds(1));
        _schedule.Heard(Other.Station, Seconds(1));
        Assert.Equal([One, Other], Ask(30).Order());
        Assert.Equal([One, Other], Ask(60).Order());
        _schedule.Heard(Other.Station, Seconds(61));

        _schedule.Heard(One.Station, Seconds(70));

        Assert.Equal([One], Ask(70));
        _schedule.Heard(One.Station, Seconds(71));
        Assert.Empty(Ask(72));
    }

    [Fact]
    public void Due_SilentStation_DoesNotHoldUpAnother()
    {
        Lacks((One, 5));
        Ask(30);
        Ask(60);
        Lacks(61, (One, 5), (Other, 1));

        Assert.Equal([Other], Ask(91));
    }

    [Fact]
    public void Due_ManyRunsOfOneStation_AreAskedForAFewAtATime()
    {
        var runs = Enumerable.Range(0, 20).Select(_ => ("ST-1", LifeId.Create())).ToList();
        _schedule.Take(runs.ToDictionary(run => run, _ => 1L), TimeSpan.Zero, Seconds(0));

        Assert.Equal([8, 8, 4, 0], Enumerable.Range(0, 4).Select(second => Ask(second).Count));
    }

    [Fact]
    public void Asked_StationIsHeardAfterEachRequestAndNothingComes_CountsThoseAlone()
    {
        Lacks((One, 5));
        _schedule.Heard(One.Station, Seconds(29));
        Ask(30);
        Ask(60);
        Assert.Equal(0, _schedule.Of(One.Station, One.Run)!.Unheeded);
        foreach (var second in new[] { 120, 240, 480 })
        {
            _schedule.Heard(One.Station, Seconds(second - 1));
            Ask(second);
        }

        Assert.Equal(3, _schedule.Of(One.Station, One.Run)!.Unheeded);
        Assert.Equal("unanswered", GapView.Of(new Gap(One.Station, One.Run, 1, 5, GapSign.Between), _schedule.Of(One.Station, One.Run), refused: false).State);
    }

    [Theory]
    [InlineData(0, false, false, "waiting")]
    [InlineData(1, false, false, "silent")]
    [InlineData(1, true, false, "asked")]
    [InlineData(1, true, true, "refused")]
    public void Of_WhatBecameOfTheRequests_IsNamedWithItsReason(int asked, bool heard, bool refused, string state)
    {
        var view = GapView.Of(new Gap("ST-1", One.Run, 3, 9, GapSign.Successor), new RunRequest(7, default, default) { Asked = asked, Heard = heard }, refused);

        Assert.Equal((state, "successor", 3L, 9L), (view.State, view.Sign, view.First, view.Last));
        Assert.NotEmpty(view.Reason);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private void Lacks(params ((string, LifeId) Run, long Count)[] lacks) => Lacks(0, lacks);

    private void Lacks(int second, params ((string, LifeId) Run, long Count)[] lacks) => _schedule.Take(lacks.ToDictionary(l => l.Run, l => l.Count), RequestSchedule.First, Seconds(second));

    private List<(string Station, LifeId Run)> Ask(int second)
    {
        var due = _schedule.Due(Seconds(second)).ToList();
        due.ForEach(run => _schedule.Asked(run, new Instant(second), Seconds(second)));
        return due;
    }
}
