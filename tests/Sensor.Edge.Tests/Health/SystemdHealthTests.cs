using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Time.Testing;
using Sensor.Edge.Health;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Health;

public sealed class SystemdHealthTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingNotifier _notifier = new();

    [Fact]
    public async Task Watchdog_LoopsProgress_IsFedAndOtherwiseNot()
    {
        var heartbeat = new Heartbeat(_time);
        using var health = new SystemdHealth(_notifier, heartbeat, _time, Some.Logger, "20000000");
        Assert.Equal(TimeSpan.FromSeconds(10), health.Pace);
        heartbeat.Expect("probe", TimeSpan.FromSeconds(15));
        await health.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => _notifier.Count("WATCHDOG=1") == 1, "fed at once");

        await AdvanceUntil(() => _notifier.Count("WATCHDOG=1") == 2);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(heartbeat.Alive);
        heartbeat.Expect("probe", TimeSpan.FromSeconds(60));
        Assert.True(heartbeat.Alive);
        heartbeat.Forget("probe");
        Assert.True(heartbeat.Alive);

        await health.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _notifier.Count("READY=1"));
        Assert.Equal(1, _notifier.Count("STOPPING=1"));
    }

    [Fact]
    public async Task Watchdog_LoopIsOverdue_IsNotFed()
    {
        var heartbeat = new Heartbeat(_time);
        heartbeat.Expect("probe", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        using var health = new SystemdHealth(_notifier, heartbeat, _time, Some.Logger, "20000000");
        await health.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => _notifier.Count("READY=1") == 1, "ready");
        await health.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _notifier.Count("WATCHDOG=1"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    public void Pace_NoWatchdog_IsNull(string? microseconds)
    {
        using var health = new SystemdHealth(_notifier, new Heartbeat(_time), _time, Some.Logger, microseconds);
        Assert.Null(health.Pace);
    }

    private Task AdvanceUntil(Func<bool> condition) => Wait.Until(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        },
        "the fake clock got there");

    private sealed class RecordingNotifier : ISystemdNotifier
    {
        private readonly List<string> _states = [];

        public bool IsEnabled => true;

        public void Notify(ServiceState state)
        {
            lock (_states)
            {
                _states.Add(state.ToString());
            }
        }

        public int Count(string state)
        {
            lock (_states)
            {
                return _states.Count(s => s == state);
            }
        }
    }
}
