namespace Sensor.Edge.Buses.Modbus;

/// <summary>Asks one unit questions on a line that is held for it.</summary>
/// <remarks>
/// What arrives after its time is never taken for the answer to another question: unread bytes are thrown away before each question, TCP replies are
/// told by their transaction, and after a question that had to be repeated the line is listened to until both replies must have come.
/// </remarks>
internal sealed class ModbusMaster(IByteLine line, ModbusTimings timings, TimeProvider time)
{
    /// <summary>3.5 characters, and never less than 1.75 ms (Modbus over serial line V1.02, 2.5.1.1).</summary>
    private static readonly TimeSpan LeastSilence = TimeSpan.FromMicroseconds(1750);

    private static int _transaction;
    private readonly byte[] _buffer = new byte[512];
    private long? _last;

    /// <summary>Asks, again where nothing comes, and returns what the unit said at last.</summary>
    /// <exception cref="IOException">The line broke.</exception>
    public async Task<ModbusReply> AskAsync(ModbusRequest request, CancellationToken cancellation)
    {
        ModbusReply reply = new ModbusReply.None([]);
        for (var attempt = 0; attempt <= timings.Retries; attempt++)
        {
            reply = await AskOnceAsync(request, cancellation).ConfigureAwait(false);
            if (reply is not ModbusReply.None)
            {
                await (attempt == 0 ? Task.CompletedTask : ListenAsync(null, 0, cancellation)).ConfigureAwait(false);
                return reply;
            }
        }

        return reply;
    }

    private async Task<ModbusReply> AskOnceAsync(ModbusRequest request, CancellationToken cancellation)
    {
        await KeepSilenceAsync(cancellation).ConfigureAwait(false);
        line.Discard();
        var transaction = (ushort)(Interlocked.Increment(ref _transaction) & 0xFFFF);
        await line.WriteAsync(timings.OverTcp ? ModbusFrames.Tcp(request, transaction) : ModbusFrames.Rtu(request), cancellation).ConfigureAwait(false);
        var reply = await ListenAsync(request, transaction, cancellation).ConfigureAwait(false);
        _last = time.GetTimestamp();
        return reply;
    }

    /// <summary>Listens for the answer to a question for as long as it may take; without one, throws away what comes in that time.</summary>
    private async Task<ModbusReply> ListenAsync(ModbusRequest? request, ushort transaction, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(timings.Response, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var arrived = 0;
        try
        {
            while (true)
            {
                if (arrived == _buffer.Length)
                {
                    // More than any reply: somebody babbles. The end of it may still be the answer.
                    arrived /= 2;
                    _buffer.AsSpan(arrived).CopyTo(_buffer);
                }

                arrived += await line.ReadAsync(_buffer.AsMemory(arrived), either.Token).ConfigureAwait(false);
                if (request is not null && Find(request, transaction, _buffer.AsSpan(0, arrived)) is { } reply)
                {
                    return reply;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ModbusReply.None(_buffer[..arrived]);
        }
    }

    private ModbusReply? Find(ModbusRequest request, ushort transaction, ReadOnlySpan<byte> arrived) =>
        timings.OverTcp ? ModbusFrames.FindTcp(request, transaction, arrived) : ModbusFrames.FindRtu(request, arrived);

    private async Task KeepSilenceAsync(CancellationToken cancellation)
    {
        var silence = timings.OverTcp ? TimeSpan.Zero : 3.5 * line.CharacterTime > LeastSilence ? 3.5 * line.CharacterTime : LeastSilence;
        var needed = timings.Pause > silence ? timings.Pause : silence;
        var left = _last is { } last ? needed - time.GetElapsedTime(last) : needed;
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellation).ConfigureAwait(false);
        }
    }
}
