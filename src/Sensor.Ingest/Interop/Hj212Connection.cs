using System.Net.Sockets;
using Sensor.Contracts.Hj212;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Interop;

/// <summary>One caller: its frames one after the other, each answered before the next is looked at. It holds at most one unfinished frame and the bytes heard last.</summary>
internal sealed class Hj212Connection(Socket socket, string caller, Hj212Intake intake, Hj212ImportLimits limits, TimeProvider time)
{
    /// <summary>How long a caller may take to say something that is taken.</summary>
    public static readonly TimeSpan Introduction = TimeSpan.FromSeconds(60);

    /// <summary>How long a caller may take to read an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>After so many refusals in a row the caller is sent away, so that it does not push other dead letters out.</summary>
    private const int MostRefusals = 20;
    private const int Kept = 4096;

    private readonly Hj212FrameCutter _cutter = new();
    private readonly byte[] _buffer = new byte[4096];
    private readonly FramePace _pace = new(limits.FramesPerSecond, time);
    private byte[] _heard = [];
    private int _refusals;
    private bool _known;

    /// <summary>Serves until the caller goes or is sent away.</summary>
    /// <exception cref="OperationCanceledException">Too little was said for too long, or the service stops.</exception>
    public async Task ServeAsync(CancellationToken stop)
    {
        var (introduced, count) = (time.GetTimestamp(), 0);
        do
        {
            var left = Introduction - time.GetElapsedTime(introduced);
            using var patience = Within(_known ? TimeSpan.FromSeconds(limits.IdleSeconds) : left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), stop, out var silence);
            using (silence)
            {
                count = await socket.ReceiveAsync(_buffer, patience.Token);
            }

            Hear(count);
            while (_cutter.Next() is { } cut && _refusals < MostRefusals)
            {
                await _pace.WaitAsync(stop);
                await TakeAsync(cut, stop);
            }
        }
        while (count > 0 && _refusals < MostRefusals);
    }

    private void Hear(int count)
    {
        if (count == 0)
        {
            _cutter.End();
            return;
        }

        _cutter.Add(_buffer.AsSpan(0, count));
        _heard = [.. _heard.Concat(_buffer.Take(count)).TakeLast(Kept)];
    }

    private async Task TakeAsync(Hj212Cut cut, CancellationToken stop)
    {
        if (cut is Hj212Cut.Refused { Refusal: var refusal })
        {
            _refusals++;
            await intake.KeepAsync(refusal, caller, _heard);
            return;
        }

        if (await intake.TakeAsync((Hj212Cut.Frame)cut, caller, stop) is not { } answers)
        {
            _refusals++;
            return;
        }

        (_refusals, _known) = (0, true);
        foreach (var answer in answers)
        {
            await SendAsync(Hj212Writer.Frame(answer), stop);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken stop)
    {
        using var patience = Within(Patience, stop, out var slow);
        using (slow)
        {
            while (frame.Length > 0)
            {
                frame = frame[await socket.SendAsync(frame, patience.Token)..];
            }
        }
    }

    private CancellationTokenSource Within(TimeSpan span, CancellationToken stop, out CancellationTokenSource timer)
    {
        timer = new CancellationTokenSource(span, time);
        return CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
    }
}
