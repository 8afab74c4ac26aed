using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Hj212;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Hj212;

namespace Sensor.Edge.Drivers;

/// <summary>Receives what a data logger sends by HJ 212, over a serial line, a TCP connection, or a port on which the logger calls.</summary>
/// <remarks>
/// <para>Link: HJ 212-2017; docs/hj212.md says what is read and what is certain.</para>
/// <para>Accuracy: that of the logger's instruments; digits are passed on unchanged. The checksum sees noise, not intent.</para>
/// <para>Range: any value of at most 15 digits and 12 decimals.</para>
/// <para>Resolution: that of the frames.</para>
/// <para>Timings: the times of the frames. HJ 212-2017 gives a sender 10 s (5 s over ADSL) and 3 resends until the answer.</para>
/// <para>Differences: an answer is sent when the record is durable, so a logger that wants answers loses nothing when the station does. Not tried on a real logger.</para>
/// </remarks>
internal sealed class Hj212Driver : IDriver
{
    /// <summary>How often a record is offered again that did not become durable; after that only the logger can repeat it.</summary>
    private const int MostOffers = 3;

    private readonly Hj212Options _options;
    private readonly Hj212Values _values;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly ListeningPort? _port;
    private readonly SharedLine _line;
    private readonly byte[] _buffer = new byte[4096];
    private Hj212FrameCutter _cutter = new();
    private Offered? _offered;
    private long? _heard;
    private bool _broken;

    public Hj212Driver(DriverTools tools, Hj212Options options)
    {
        _options = options;
        _values = new Hj212Values(tools.Instrument, options);
        _time = tools.Time;
        _patience = tools.Timeout / 2;
        _port = options.Listen is { } number ? new ListeningPort(number) : null;
        _line = _port is null ? tools.Buses.Line(options.Bus!) : new SharedLine($"port {options.Listen}", _port.AcceptAsync);
        Channels = [.. options.Parameters.Select(p => new DriverChannel(p.National, p.Unit))];
    }

    public IReadOnlyList<DriverChannel> Channels { get; }

    public TimeSpan? DataPace => TimeSpan.Zero;

    private TimeSpan Quiet => _time.GetElapsedTime(_heard!.Value);

    public static Hj212Options ReadOptions(StrictObject options, DriverContext context) => Hj212OptionsReader.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        _heard ??= _time.GetTimestamp();
        using var patience = new CancellationTokenSource(_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await _line.UseAsync((line, stop) => ListenAsync(line, Hj212Memory.Of(request.Position), stop), either.Token, keepUnread: true).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Quiet < _options.Silence ? new DriverReply.Unchanged() : Silent();
        }
        catch (BusException e)
        {
            _cutter.End();
            _broken = true;
            return _port is null || e.Kind != FailureKind.Transient ? e.Reply : Quiet < _options.Silence ? new DriverReply.Unchanged() : Silent();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_port is not null)
        {
            await _line.DisposeAsync().ConfigureAwait(false);
            _port.Dispose();
        }
    }

    private async Task<DriverReply> ListenAsync(IByteLine line, Hj212Memory memory, CancellationToken stop)
    {
        if (await SettleAsync(line, memory, stop).ConfigureAwait(false) is { } again)
        {
            return again;
        }

        while (true)
        {
            while (_cutter.Next() is { } cut)
            {
                if (await TakeAsync(line, cut, memory, stop).ConfigureAwait(false) is { } reply)
                {
                    return reply;
                }
            }

            if (_broken)
            {
                (_cutter, _broken) = (new Hj212FrameCutter(), false);
            }

            _cutter.Add(_buffer.AsSpan(0, await HearAsync(line, stop).ConfigureAwait(false)));
        }
    }

    /// <summary>A connection that has been silent for too long is given up, because it may be dead without anybody having said so.</summary>
    private async Task<int> HearAsync(IByteLine line, CancellationToken stop)
    {
        try
        {
            return await line.ReadAsync(_buffer, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Quiet >= _options.Silence)
        {
            throw new IOException(Silent().Detail);
        }
    }

    /// <summary>Answers what has become durable since; offers again what has not.</summary>
    private async Task<DriverReply?> SettleAsync(IByteLine line, Hj212Memory memory, CancellationToken stop)
    {
        if (_offered is not { } offered)
        {
            return null;
        }

        if (!memory.Holds(offered.Digest) && offered.Times < MostOffers)
        {
            _offered = offered with { Times = offered.Times + 1 };
            return offered.Reply;
        }

        _offered = null;
        if (memory.Holds(offered.Digest))
        {
            await AnswerAsync(line, offered.Message, stop).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<DriverReply?> TakeAsync(IByteLine line, Hj212Cut cut, Hj212Memory memory, CancellationToken stop)
    {
        if (cut is Hj212Cut.Refused { Refusal: var bytes })
        {
            return bytes.Kind is Hj212RefusalKind.Stray or Hj212RefusalKind.Truncated ? null : Bad(bytes);
        }

        if (Hj212Reader.Read((Hj212Cut.Frame)cut, out var refusal) is not { } message)
        {
            return Bad(refusal!);
        }

        if (message.Station != _options.Station || (message.System != _options.System && message.System != "91"))
        {
            return new DriverReply.Failed(FailureKind.Misconfigured, MissingReason.BadAnswer, $"the logger says ST={message.System}, MN={message.Station}, and the configuration ST={_options.System}, MN={_options.Station}");
        }

        _heard = _time.GetTimestamp();
        if (message.System == _options.System && message.Command == _options.Command && Record(message, memory) is { } reply)
        {
            return reply;
        }

        await AnswerAsync(line, message, stop).ConfigureAwait(false);
        return null;
    }

    /// <summary>The record of new data; null where there is nothing in them to record, or they were recorded before.</summary>
    private DriverReply? Record(Hj212Message message, Hj212Memory memory)
    {
        var digest = Hj212Memory.DigestOf(message);
        if (memory.Holds(digest))
        {
            return null;
        }

        if (!Hj212Time.TryParse(message.DataTime, _options.UtcOffset, out var dataTime))
        {
            return message.Items.Count == 0 ? null : new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, $"DataTime is '{message.DataTime}', not a time of 14 digits");
        }

        var readings = _values.Of(message, dataTime);
        if (readings.Count == 0)
        {
            return null;
        }

        var reply = new DriverReply.Sampled(dataTime, readings, memory.With(dataTime, digest));
        _offered = new Offered(message, digest, reply, 1);
        return reply;
    }

    /// <summary>Data, and the sign of life where the dialect has one, are answered where the logger asks for it; a notice that wants a clock is not, because the station sets none.</summary>
    private async Task AnswerAsync(IByteLine line, Hj212Message message, CancellationToken stop)
    {
        var answered = message.Command[0] is '2' or '3' || (message.Command == "9015" && _options.Dialect.HasHeartbeat);
        if (answered && message.WantsAnswer && message.Exchange is not null)
        {
            await line.WriteAsync(Hj212Writer.Frame(Hj212Answers.Data(message, _options.Dialect)), stop).ConfigureAwait(false);
        }
    }

    private DriverReply.Failed Silent() => new(FailureKind.Transient, MissingReason.NoAnswer, $"nothing was heard from the data logger for {Configuration.Durations.Format(_options.Silence)}");

    private static DriverReply.Failed Bad(Hj212Refusal refusal) => new(FailureKind.Transient, MissingReason.BadAnswer, $"byte {refusal.Offset}: {refusal.Reason}");

    /// <summary>A record that was given to the sampler.</summary>
    private sealed record Offered(Hj212Message Message, string Digest, DriverReply.Sampled Reply, int Times);
}
