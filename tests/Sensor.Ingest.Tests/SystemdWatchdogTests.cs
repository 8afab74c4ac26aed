using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests;

public sealed class SystemdWatchdogTests : ISystemdNotifier
{
    private int _beats;

    bool ISystemdNotifier.IsEnabled => true;

    [Fact]
    public async Task Execute_CommitFailsOnce_BeatsOnlyWhenSomethingIsDurable()
    {
        var time = new FakeTimeProvider();
        var commits = 0;
        using var watchdog = new SystemdWatchdog(this, _ => ++commits == 1 ? throw new IOException("full") : Task.CompletedTask, time, NullLogger.Instance, "60000000");
        await watchdog.StartAsync(TestContext.Current.CancellationToken);

        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return Volatile.Read(ref commits) > 2;
            },
            "three commits");
        await watchdog.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(commits - 1, _beats);
    }

    void ISystemdNotifier.Notify(ServiceState state) => _beats++;
}
