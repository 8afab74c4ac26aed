using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Ultrasonic;

/// <summary>Collects the echoes of one reading.</summary>
/// <remarks>A reading is given up when more echoes are rejected than are wanted: the median of the few that are left would be of chance.</remarks>
internal sealed class EchoListener(IByteLine line, UltrasonicOptions options, TimeProvider time)
{
    /// <summary>Of a sensor that is wired and set rightly no byte belongs to no frame, except a begun frame and what noise breaks.</summary>
    private const int MostNoise = 64;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Cycle = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Trigger = [0x55];

    private readonly EchoFrames _frames = new();
    private readonly List<int> _distances = [];
    private readonly byte[] _buffer = new byte[64];
    private int _rejected;

    public async Task<EchoSeries> ListenAsync(CancellationToken cancellation)
    {
        while (_distances.Count < options.Echoes && _rejected <= options.Echoes)
        {
            if (await NextAsync(cancellation).ConfigureAwait(false) is not { } distance)
            {
                return Series(Problem());
            }

            if (options.Counts(distance))
            {
                _distances.Add(distance);
            }
            else
            {
                _rejected++;
            }
        }

        return Series(null);
    }

    private EchoSeries Series(DriverReply.Failed? problem) =>
        new() { Distances = _distances, Rejected = _rejected, IsComplete = _distances.Count == options.Echoes, Problem = problem };

    /// <summary>The next distance; null when there is none in time, or only noise.</summary>
    private async Task<int?> NextAsync(CancellationToken cancellation)
    {
        await AskAsync(cancellation).ConfigureAwait(false);
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            int? distance;
            while ((distance = _frames.Next()) is null && _frames.Noise <= MostNoise)
            {
                _frames.Add(_buffer.AsSpan(0, await line.ReadAsync(_buffer, either.Token).ConfigureAwait(false)));
            }

            return distance;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        if (!options.Trigger)
        {
            return;
        }

        if (_distances.Count + _rejected > 0)
        {
            await Task.Delay(Cycle, time, cancellation).ConfigureAwait(false);
        }

        await line.WriteAsync(Trigger, cancellation).ConfigureAwait(false);
    }

    private DriverReply.Failed Problem() => _frames.Noise > 0
        ? new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, $"{_frames.Noise} bytes belong to no frame; is the line at 9600 baud, and is the sensor one that sends frames?")
        : new DriverReply.Failed(FailureKind.Transient, MissingReason.NoAnswer, $"no echo was heard for {Durations.Format(Silence)}");
}
