using CsCheck;
using Sensor.Contracts;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Publishing;

public sealed class SendPlanTests
{
    private static readonly TimeSpan Resend = TimeSpan.FromSeconds(30);
    private static readonly RunInfo Run = new(1, LifeId.Create(), 1, default, false);

    [Fact]
    public void NextLive_NewRecords_GoTogetherInOrder()
    {
        var plan = Plan(window: 16, tail: 10);
        Assert.Equal([11L, 12L], plan.NextLive(Covered(10), 12));
    }

    [Fact]
    public void NextLive_NoRoom_LeavesThemToTheBacklog()
    {
        var plan = Plan(window: 4, tail: 0, batch: 64);
        Send(plan, plan.NextLive(Covered(0), 4));
        Assert.Empty(plan.NextLive(Covered(0), 6));
        Assert.Empty(plan.NextBacklog(Covered(0)));
        Assert.Equal([5L, 6L], plan.NextBacklog(Covered(4)));
    }

    [Fact]
    public void NextBacklog_ItsShareIsFull_LeavesRoomForLive()
    {
        var plan = Plan(window: 8, tail: 100);
        Send(plan, plan.NextBacklog(Covered(0)));
        Assert.Equal(6, plan.InFlight(Covered(0)));
        Assert.Empty(plan.NextBacklog(Covered(0)));
        Assert.Equal([101L, 102L], plan.NextLive(Covered(0), 102));
    }

    [Fact]
    public void NextBacklog_RangesAreCovered_AreNotSentAgain()
    {
        var plan = Plan(window: 16, tail: 9);
        Assert.Equal([1L, 2L, 6L, 9L], plan.NextBacklog(Make(("anhui", RangeSet.Empty.Add(3, 5).Add(7, 8)))));
    }

    [Fact]
    public void Observe_NoProgress_ResendsAfterTwiceTheTimeEachTimeUpToTenMinutes()
    {
        var plan = Plan(window: 4, tail: 3);
        var now = TimeSpan.Zero;
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            Send(plan, plan.NextBacklog(Covered(0)));
            plan.Observe(Covered(0), now);
            var since = now;
            do
            {
                now += TimeSpan.FromSeconds(1);
            }
            while (plan.Observe(Covered(0), now).Count == 0);
            waits.Add((now - since).TotalSeconds);
        }

        Assert.Equal([30, 60, 120, 240, 480, 600, 600, 600], waits);
    }

    [Fact]
    public void Observe_OldestIsLostWhileOthersArrive_IsSentAgainAllTheSame()
    {
        var plan = Plan(window: 64, tail: 0);
        var resent = new List<string>();
        for (var second = 0; second <= 31; second++)
        {
            Send(plan, plan.NextLive(Covered(0), second + 1));
            resent.AddRange(plan.Observe(Make(("anhui", RangeSet.Empty.Add(2, second + 1))), TimeSpan.FromSeconds(second)));
        }

        Assert.Equal(["anhui"], resent);
    }

    [Fact]
    public void Observe_OneOperatorSilent_ItsRepeatsArePacedAndTheOtherFlowsOn()
    {
        var plan = new SendPlan(["anhui", "zhejiang"], 8, 64, Resend);
        plan.Reconnected(0, TimeSpan.Zero);
        var repeats = 0;
        for (var second = 1; second <= 3_600; second++)
        {
            var now = TimeSpan.FromSeconds(second);
            var coverage = Make(("anhui", RangeSet.Empty.Add(1, second - 1)), ("zhejiang", RangeSet.Empty));
            Assert.Equal([(long)second], plan.NextLive(coverage, second));
            Send(plan, [second]);
            plan.Observe(coverage, now);
            for (var again = plan.NextBacklog(coverage); again.Count > 0; again = plan.NextBacklog(coverage))
            {
                Send(plan, again);
                repeats += again.Count;
            }
        }

        // At most a window at 30 s and then 60, 120, 240, 480, 600, 600, ... s later.
        Assert.InRange(repeats, 20, 10 * 8);
    }

    [Fact]
    public void Reconnected_WithoutLongSilence_SendsEverythingUnreceiptedAgain()
    {
        var plan = Plan(window: 16, tail: 5);
        Send(plan, plan.NextBacklog(Covered(0)));
        plan.Reconnected(5, TimeSpan.FromSeconds(1));
        Assert.Equal([3L, 4L, 5L], plan.NextBacklog(Covered(2)));
    }

    [Fact]
    public void Next_AnyHistory_NeverExceedsTheWindowAndDeliversAllInTheEnd() =>
        Gen.Select(Gen.Int[4, 40], Gen.Int[1, 16], Gen.Int[0, 5].Array[300]).Sample((window, batch, steps) =>
        {
            var plan = new SendPlan(["anhui", "zhejiang"], window, batch, Resend);
            var (tail, now, sent) = (0L, TimeSpan.Zero, new HashSet<long>());
            var held = new[] { RangeSet.Empty, RangeSet.Empty };
            Coverage Now() => Make(("anhui", held[0]), ("zhejiang", held[1]));
            void Take(IReadOnlyList<long> next)
            {
                Send(plan, next);
                sent.UnionWith(next);
            }

            plan.Reconnected(tail, now);
            foreach (var step in steps.Concat(Enumerable.Repeat(4, 500)))
            {
                now += TimeSpan.FromSeconds(1);
                tail += step is 0 or 1 ? step * 3 : 0;
                if (step == 2)
                {
                    plan.Reconnected(tail, now);
                }

                if (step >= 3)
                {
                    // Step 3 receipts for one operator only, 4 for both.
                    for (var i = 0; i < (step == 3 ? 1 : 2); i++)
                    {
                        held[i] = sent.Aggregate(held[i], (set, position) => set.Add(position, position));
                    }
                }

                plan.Observe(Now(), now);
                Take(plan.NextLive(Now(), tail));
                Take(plan.NextBacklog(Now()));
                if (plan.InFlight(Now()) > window)
                {
                    return false;
                }
            }

            return held.All(set => set.Count == tail);
        }, iter: Trials.Of(reduced: 4, full: 50));

    private static SendPlan Plan(int window, long tail, int batch = 64)
    {
        var plan = new SendPlan(["anhui"], window, batch, Resend);
        plan.Reconnected(tail, TimeSpan.Zero);
        return plan;
    }

    private static void Send(SendPlan plan, IReadOnlyList<long> positions) => plan.Sent(positions);

    private static Coverage Covered(long through) => Make(("anhui", RangeSet.Empty.Add(1, through)));

    private static Coverage Make(params (string Operator, RangeSet Covered)[] operators) =>
        operators.Aggregate(Coverage.None(operators.Select(o => o.Operator)), (coverage, o) => coverage.With(o.Operator, Run, long.MaxValue, o.Covered));
}
