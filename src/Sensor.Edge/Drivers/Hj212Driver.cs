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
/// <para>Differences: an answer is sent when the record is durable, so a logger that wants answers loses nothing when the station does. What a break took is asked for where the options say so. Not tried on a real logger.</para>
/// </remarks>
internal sealed class Hj212Driver : IDriver
{
    private readonly Hj212Options _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly ListeningPort? _port;
    private readonly SharedLine _line;
    private readonly Hj212Ear _ear;
    private readonly Hj212Offers _offers = new();
    private readonly Hj212History? _history;
    private readonly Hj212Records _records;

    public Hj212Driver(DriverTools tools, Hj212Options options)
    {
        _options = options;
        _time = tools.Time;
        _patience = tools.Timeout / 2;
        _port = options.Listen is { } number ? new ListeningPort(number) : null;
        _line = _port is null ? tools.Buses.Line(options.Bus!) : new SharedLine($"port {options.Listen}", _port.AcceptAsync);
        _ear = new Hj212Ear(options, tools.Time);
        _history = options.History is null ? null : new Hj212History(options, tools.Time);
        _records = new Hj212Records(tools.Instrument, options, _offers, _history);
        Channels = [.. options.Parameters.Select(p => new DriverChannel(p.National, p.Unit))];
    }

    public IReadOnlyList<DriverChannel> Channels { get; }

    public TimeSpan? DataPace => TimeSpan.Zero;

    public static Hj212Options ReadOptions(StrictObject options, DriverContext context) => Hj212OptionsReader.Read(options, context);

    public async Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        var memory = Hj212Memory.Of(request.Position);
        _ear.Begin();
        _history?.Recall(memory);
        using var patience = new CancellationTokenSource(_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await _line.UseAsync((line, stop) => ListenAsync(line, memory, stop), either.Token, keepUnread: true).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Quiet();
        }
        catch (BusException e)
        {
            _ear.Break();
            _history?.Broken();
            return _port is null || e.Kind != FailureKind.Transient ? e.Reply : Quiet();
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
        if (_offers.Again(memory, out var durable) is { } again)
        {
            return again;
        }

        await AnswerAsync(line, durable, stop).ConfigureAwait(false);
        while (true)
        {
            while (_ear.Next() is { } cut)
            {
                if (await TakeAsync(line, cut, memory, stop).ConfigureAwait(false) is { } reply)
                {
                    return reply;
                }
            }

            await AskAsync(line, stop).ConfigureAwait(false);
            await _ear.HearAsync(line, stop).ConfigureAwait(false);
        }
    }

    private async Task<DriverReply?> TakeAsync(IByteLine line, Hj212Cut cut, Hj212Memory memory, CancellationToken stop)
    {
        if (_ear.Understand(cut, out var message) is { } bad)
        {
            return bad;
        }

        if (message is null)
        {
            return null;
        }

        _history?.Hear(message);
        if (_records.Of(message, memory) is { } reply)
        {
            return reply;
        }

        await AnswerAsync(line, message, stop).ConfigureAwait(false);
        return null;
    }

    private async Task AskAsync(IByteLine line, CancellationToken stop)
    {
        if (_history?.Due() is { } request)
        {
            await line.WriteAsync(Hj212Writer.Frame(request), stop).ConfigureAwait(false);
        }
    }

    /// <summary>Data, and the sign of life where the dialect has one, are answered where the logger asks for it; a notice that wants a clock is not, because the station sets none.</summary>
    private async Task AnswerAsync(IByteLine line, Hj212Message? message, CancellationToken stop)
    {
        var answered = message?.Command[0] is '2' or '3' || (message?.Command == "9015" && _options.Dialect.HasHeartbeat);
        if (answered && message is { WantsAnswer: true, Exchange: not null })
        {
            await line.WriteAsync(Hj212Writer.Frame(Hj212Answers.Data(message, _options.Dialect)), stop).ConfigureAwait(false);
        }
    }

    private DriverReply Quiet() => _ear.IsSilent ? _ear.Silent() : new DriverReply.Unchanged();
}
