using Microsoft.Extensions.Hosting.Systemd;

namespace Sensor.Edge.Commands;

/// <summary>
/// Begins the station as soon as its storage can be written. Nothing is sampled before: the run's identity, the drivers' positions and an open
/// maintenance come out of the outbox, and a run is only begun durably.
/// </summary>
internal sealed class StorageWait(ISystemdNotifier notifier, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Well below the watchdog of the unit file, which is fed at each try.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>What <paramref name="create"/> gives once it no longer finds the storage full, read-only or failing.</summary>
    /// <exception cref="EdgeException">Another fault, which waiting does not cure.</exception>
    public async Task<T> CreateAsync<T>(Func<T> create, CancellationToken stop)
    {
        var said = "";
        for (var pause = FirstPause; ; pause = pause < LongestPause / 2 ? pause * 2 : LongestPause)
        {
            try
            {
                return create();
            }
            catch (EdgeException e) when (e.StorageRefuses)
            {
                Tell(e.Message, ref said);
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(false);
        }
    }

    private void Tell(string message, ref string said)
    {
        if (message != said)
        {
            say($"{message} Nothing is sampled until then; it is tried again after 1 s, up to every 60 s.");
        }

        said = message;
        notifier.Notify(ServiceState.Ready);
        notifier.Notify(Alive);
        notifier.Notify(new ServiceState("STATUS=Waits for storage: " + message.ReplaceLineEndings(" ")));
    }
}
