using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>Prepares the water for a read: power, warm-up, steps one after the other, rest. An actuator that fails ends it, and everything is switched off.</summary>
/// <remarks>For one loop.</remarks>
internal sealed class SamplingPlan(SamplingConfiguration plan, StationActuators actuators, TimeProvider time)
{
    private SharedActuator.Hold? _power;

    /// <summary>How long before the slot it has to begin.</summary>
    public TimeSpan Lead => plan.Lead;

    /// <summary>Does everything that comes before the read; the power stays on until <see cref="EndAsync"/>.</summary>
    /// <returns>Why there can be no reading, or null.</returns>
    public async Task<DriverReply.Failed?> PrepareAsync(CancellationToken stop)
    {
        var failed = await GuardedAsync(plan.Power, () => PowerAsync(stop)).ConfigureAwait(false);
        foreach (var step in plan.Before)
        {
            failed ??= await GuardedAsync(step.Actuator, () => RunAsync(step, stop)).ConfigureAwait(false);
        }

        await (failed is null ? PauseAsync(plan.Stabilise, stop) : EndAsync()).ConfigureAwait(false);
        return failed;
    }

    /// <summary>Switches the power off.</summary>
    /// <returns>Why what was read is not a reading: the power was gone; or null.</returns>
    public Task<DriverReply.Failed?> EndAsync() => GuardedAsync(plan.Power, async () =>
    {
        if (Interlocked.Exchange(ref _power, null) is { } power)
        {
            try
            {
                power.RequireOn();
            }
            finally
            {
                await power.ReleaseAsync().ConfigureAwait(false);
            }
        }
    });

    private async Task PowerAsync(CancellationToken stop)
    {
        _power = plan.Power is { } power ? await actuators[power].HoldAsync(stop).ConfigureAwait(false) : null;
        await PauseAsync(plan.WarmUp, stop).ConfigureAwait(false);
    }

    private async Task RunAsync(SamplingStep step, CancellationToken stop)
    {
        var hold = await actuators[step.Actuator].HoldAsync(stop).ConfigureAwait(false);
        try
        {
            await PauseAsync(step.Run, stop).ConfigureAwait(false);
            hold.RequireOn();
        }
        finally
        {
            await hold.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken stop) => pause > TimeSpan.Zero ? Task.Delay(pause, time, stop) : Task.CompletedTask;

    private static async Task<DriverReply.Failed?> GuardedAsync(string? actuator, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            return null;
        }
        catch (BusException e)
        {
            return new DriverReply.Failed(e.Kind, MissingReason.Fault, $"actuator {actuator}: {e.Message}");
        }
    }
}
