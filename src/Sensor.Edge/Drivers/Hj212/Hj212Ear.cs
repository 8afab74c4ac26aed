using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Hears frames on a line, refuses those of another logger, and knows how long nothing was heard.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Hj212Ear(Hj212Options options, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[4096];
    private Hj212FrameCutter _cutter = new();
    private long? _heard;
    private bool _broken;

    /// <summary>Whether the logger was silent for too long.</summary>
    public bool IsSilent => time.GetElapsedTime(_heard!.Value) >= options.Silence;

    /// <summary>Silence counts from the first reading.</summary>
    public void Begin() => _heard ??= time.GetTimestamp();

    /// <summary>The line broke; what came before is still cut, and what comes next begins anew.</summary>
    public void Break()
    {
        _cutter.End();
        _broken = true;
    }

    public Hj212Cut? Next() => _cutter.Next();

    /// <summary>Waits for bytes. A connection that has been silent for too long is given up, because it may be dead without anybody having said so.</summary>
    public async Task HearAsync(IByteLine line, CancellationToken stop)
    {
        if (_broken)
        {
            (_cutter, _broken) = (new Hj212FrameCutter(), false);
        }

        try
        {
            _cutter.Add(_buffer.AsSpan(0, await line.ReadAsync(_buffer, stop).ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (IsSilent)
        {
            throw new IOException(Silent().Detail);
        }
    }

    /// <summary>The message of the logger, or what is wrong with it; both null where there is nothing to say.</summary>
    public DriverReply.Failed? Understand(Hj212Cut cut, out Hj212Message? message)
    {
        message = null;
        if (cut is Hj212Cut.Refused { Refusal: var bytes })
        {
            return bytes.Kind is Hj212RefusalKind.Stray or Hj212RefusalKind.Truncated ? null : Bad(bytes);
        }

        if (Hj212Reader.Read((Hj212Cut.Frame)cut, out var refusal) is not { } read)
        {
            return Bad(refusal!);
        }

        if (read.Station != options.Station || (read.System != options.System && read.System != "91"))
        {
            return new DriverReply.Failed(FailureKind.Misconfigured, MissingReason.BadAnswer, $"the logger says ST={read.System}, MN={read.Station}, and the configuration ST={options.System}, MN={options.Station}");
        }

        _heard = time.GetTimestamp();
        message = read;
        return null;
    }

    public DriverReply.Failed Silent() => new(FailureKind.Transient, MissingReason.NoAnswer, $"nothing was heard from the data logger for {Durations.Format(options.Silence)}");

    private static DriverReply.Failed Bad(Hj212Refusal refusal) => new(FailureKind.Transient, MissingReason.BadAnswer, $"byte {refusal.Offset}: {refusal.Reason}");
}
