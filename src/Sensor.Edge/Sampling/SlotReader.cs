using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>Reads an instrument for one slot, as its sampling plan says.</summary>
/// <remarks>For one loop.</remarks>
internal sealed class SlotReader(InstrumentConfiguration instrument, GuardedRead read, StationActuators actuators, TimeProvider time)
{
    private readonly SamplingConfiguration _sampling = instrument.Sampling ?? new SamplingConfiguration();
    private readonly SamplingPlan? _plan = instrument.Sampling is { } plan ? new SamplingPlan(plan, actuators, time) : null;

    /// <summary>How long before the slot <see cref="PrepareAsync"/> has to begin.</summary>
    public TimeSpan Lead => _sampling.Lead;

    /// <summary>How long everything may take.</summary>
    public TimeSpan Longest => _sampling.LongestWith(instrument.Timeout);

    /// <summary>Why there can be no reading, or null.</summary>
    public async Task<DriverReply.Failed?> PrepareAsync(CancellationToken stop) => _plan is null ? null : await _plan.PrepareAsync(stop).ConfigureAwait(false);

    /// <summary>The median of the reads. The first that is no reading is the reply by itself.</summary>
    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        var reads = new List<DriverReply.Sampled>();
        while (reads.Count < _sampling.Reads)
        {
            await PauseAsync((reads.Count * _sampling.Every) - time.GetElapsedTime(start), stop).ConfigureAwait(false);
            var reply = await read.ReadAsync(request, stop).ConfigureAwait(false);
            if (reply is not DriverReply.Sampled { Readings.Count: > 0 } sampled)
            {
                return reply;
            }

            reads.Add(sampled);
        }

        return reads.Count == 1 ? reads[0] : Median.Of(reads);
    }

    /// <summary>Puts everything back. Why what was read is not a reading, or null.</summary>
    public async Task<DriverReply.Failed?> EndAsync() => _plan is null ? null : await _plan.EndAsync().ConfigureAwait(false);

    private Task PauseAsync(TimeSpan pause, CancellationToken stop) => pause > TimeSpan.Zero ? Task.Delay(pause, time, stop) : Task.CompletedTask;
}
