using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class ClockWatchTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(3_600_000)]
    [InlineData(-7_200_000)]
    public async Task Look_WallStepped_SignsAnEventWithBothTimes(long step)
    {
        var time = new SteppedTime(Start);
        var kernel = new FakeKernelClock(time);
        await using var host = await StartAsync(time, kernel);
        await Wait.Until(() => time.Waiting > 3, "everyone waits");
        kernel.Move(TimeSpan.FromMilliseconds(-step));
        await AdvanceUntil(time, () => Steps().Count > 0);

        var stepped = Assert.Single(Steps());
        Assert.Equal(step, stepped.WallAfter!.Value.UnixMilliseconds - stepped.WallBefore!.Value.UnixMilliseconds);
        Assert.InRange(stepped.WallAfter.Value.UnixMilliseconds, Start.ToUnixTimeMilliseconds(), Start.AddHours(1).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Look_WallSlewedAsFastAsItGoes_IsNoStep()
    {
        var time = new SteppedTime(Start);
        var kernel = new FakeKernelClock(time);
        await using var host = await StartAsync(time, kernel);
        for (var i = 0; i < 5; i++)
        {
            await Wait.Until(() => time.Waiting > 3, "everyone waits");
            kernel.Move(TimeSpan.FromMilliseconds(830));
            time.Advance(ClockWatch.Pace);
        }

        kernel.Move(TimeSpan.FromHours(1));
        await AdvanceUntil(time, () => Steps().Count > 0);
        Assert.Single(Steps());
    }

    private async Task<EdgeHost> StartAsync(SteppedTime time, FakeKernelClock kernel)
    {
        var configuration = Some.Configuration(_folder, [("anhui", _operator)]);
        EdgeHost.Enroll(configuration);
        var host = EdgeHost.Create(configuration, EdgeParts.Real with { Time = time, Kernel = kernel }, null);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static Task AdvanceUntil(SteppedTime time, Func<bool> condition) => Wait.Until(
        () =>
        {
            if (time.Waiting > 3)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }

            return condition();
        },
        "the step is signed");

    private List<StationEvent> Steps() => [.. Chain.Bodies(_folder["data/outbox.db"]).OfType<EventBody>().Select(b => b.Event).Where(e => e.Type == EventType.ClockStep)];
}
