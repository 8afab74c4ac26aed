using Sensor.Contracts;
using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Decides when the logger is asked for data that it kept, and what its answers mean. It never waits: live data go on meanwhile.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Hj212History(Hj212Options options, TimeProvider time)
{
    /// <summary>DataTimes of one request.</summary>
    private const int MostTimes = 100;

    /// <summary>Failures in a row after which a gap is given up.</summary>
    private const int MostFailures = 5;

    private const string Taken = "1";
    private const string NoData = "100";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    private readonly long _interval = (long)options.History!.Interval.TotalMilliseconds;
    private readonly Hj212Gaps _gaps = new(options.History!);
    private Hj212Message? _logger;
    private Hj212Request? _request;
    private Instant _asked;
    private long _since;
    private TimeSpan _pause;
    private int _failures;
    private bool _recalled;
    private bool _again = true;

    public IReadOnlyList<Hj212Gap> Gaps => _gaps.All;

    /// <summary>Takes up the gaps that were open when the station stopped.</summary>
    public void Recall(Hj212Memory memory)
    {
        if (!_recalled)
        {
            memory.Gaps.ToList().ForEach(_gaps.Add);
            _recalled = true;
        }
    }

    /// <summary>The connection broke, and with it what was under way.</summary>
    public void Broken()
    {
        _again = true;
        Fail();
    }

    /// <summary>Whether data may be recorded: not where a logger gives under the QN of the request what it was not asked for.</summary>
    public bool Takes(Hj212Message data, Instant dataTime) => _request is not { } request || !request.IsAnswered(data) || request.Span.Covers(dataTime);

    /// <summary>New data are to be recorded.</summary>
    public void Recorded(Instant dataTime, Instant? newest)
    {
        if (newest is { } before && dataTime > before)
        {
            _gaps.Open(before, dataTime, _again);
        }

        _again &= newest is { } late && dataTime <= late;
    }

    /// <summary>Takes note of every frame of the logger.</summary>
    public void Hear(Hj212Message frame)
    {
        if (frame.System == options.System)
        {
            _logger = frame;
        }

        if (_request is not { } request)
        {
            return;
        }

        if (frame.Command == options.Command && Hj212Time.TryParse(frame.DataTime, options.UtcOffset, out var dataTime) && request.Span.Covers(dataTime))
        {
            request.Note(frame, dataTime);
            Advance(dataTime);
        }
        else if (request.IsAnswered(frame))
        {
            Answered(request, frame);
        }
    }

    /// <summary>What is to be sent now, or null.</summary>
    public Hj212Message? Due()
    {
        if (_request is { IsOver: true } over)
        {
            Finish(over, over is { ReachedEnd: true, IsWhole: true });
        }

        if (_request is { } request)
        {
            return request.SendAgain() ? request.Message : null;
        }

        return _gaps.All.Count == 0 || _logger is null || time.GetElapsedTime(_since) < _pause ? null : Ask(_gaps.All[0], _logger);
    }

    private Hj212Message Ask(Hj212Gap gap, Hj212Message logger)
    {
        var last = gap.Begin.PlusMilliseconds(_interval * (MostTimes - 1));
        var span = last < gap.End ? gap with { End = last } : gap;
        var now = Instant.From(time.GetUtcNow());
        _asked = now > _asked ? now : _asked.PlusMilliseconds(1);
        var station = logger with { Exchange = Hj212Time.FormatExchange(_asked, options.UtcOffset) };
        _request = new Hj212Request(Hj212Answers.History(station, options.Dialect, options.Command, Text(span.Begin), Text(span.End)), span, time);
        return _request.Message;
    }

    private void Answered(Hj212Request request, Hj212Message answer)
    {
        switch (answer.Command)
        {
            case "9011" when answer.Value("QnRtn") == Taken:
                request.Taken();
                break;
            case "9011":
                Fail();
                break;
            case "9012":
                Finish(request, answer.Value("ExeRtn") == NoData || (answer.Value("ExeRtn") == Taken && request.IsWhole));
                break;
        }
    }

    private void Finish(Hj212Request request, bool done)
    {
        if (!done)
        {
            Fail();
            return;
        }

        _gaps.Shrink(request.Span.End.PlusMilliseconds(_interval));
        (_request, _failures) = (null, 0);
        Wait(Pause);
    }

    /// <summary>Data that come in their order are not asked for again, save the last, of which more packets may come.</summary>
    private void Advance(Instant dataTime)
    {
        var next = _gaps.All.Count > 0 && dataTime.UnixMilliseconds - _gaps.All[0].Begin.UnixMilliseconds <= _interval;
        if (next && _gaps.Shrink(dataTime))
        {
            _failures = 0;
        }
    }

    private void Fail()
    {
        if (_request is not { } request)
        {
            return;
        }

        _request = null;
        Wait(TimeSpan.FromMinutes(Math.Pow(4, _failures)));
        if (++_failures >= MostFailures)
        {
            _gaps.Shrink(request.Span.End.PlusMilliseconds(_interval));
            _failures = 0;
        }
    }

    private void Wait(TimeSpan pause) => (_pause, _since) = (pause < LongestBackOff ? pause : LongestBackOff, time.GetTimestamp());

    private string Text(Instant dataTime) => Hj212Time.Format(dataTime, options.UtcOffset);
}
