using Sensor.Edge.Outbox;

namespace Sensor.Edge.Publishing;

/// <summary>
/// Decides which records go next. A message reaches every operator, but each operator has its own lane: what it was sent, what of that
/// it has not receipted, and how long it has been silent.
/// </summary>
/// <remarks>
/// <para>
/// New records flow as long as the operator that is furthest ahead has fewer than the window in flight; what an operator lacks is
/// repeated as long as its own lane has room. A silent operator fills only its own lane, which is emptied again after
/// resendAfter, then after twice that, up to 10 minutes.
/// </para>
/// <para>Positions are those of the outbox. No clock and no I/O inside. Not thread-safe.</para>
/// </remarks>
internal sealed class SendPlan
{
    public static readonly TimeSpan LongestResend = TimeSpan.FromMinutes(10);

    private readonly int _window;
    private readonly int _batch;
    private readonly Lane[] _lanes;
    private long _live;
    private RangeSet _again = RangeSet.Empty;

    public SendPlan(IEnumerable<string> operators, int window, int batch, TimeSpan resendAfter)
    {
        (_window, _batch) = (window, batch);
        _lanes = [.. operators.Select(id => new Lane(id, resendAfter))];
    }

    /// <summary>A quarter of the window is kept free of backlog, so that live records need not wait for it.</summary>
    private int BacklogWindow => _window - Math.Max(1, _window / 4);

    /// <summary>A new connection: nothing is in flight; what is not receipted goes again, oldest first, except on a lane that waits out a long silence.</summary>
    public void Reconnected(long tail, TimeSpan now)
    {
        _live = tail + 1;
        foreach (var lane in _lanes)
        {
            lane.Reconnected(now);
        }
    }

    /// <summary>Looks at progress; returns the operators to which everything in flight will be sent again because they were silent too long.</summary>
    public IReadOnlyList<string> Observe(Coverage coverage, TimeSpan now) => [.. _lanes.Where(lane => lane.Observe(coverage.Of(lane.Operator), now)).Select(lane => lane.Operator)];

    /// <summary>Losses first; then records appended since the last call, while the window has room; what finds no room becomes backlog.</summary>
    public IReadOnlyList<long> NextLive(Coverage coverage, long tail)
    {
        var room = Math.Min(_batch, _window - InFlight(coverage));
        if (room > 0 && Losses(coverage, (int)room) is { Count: > 0 } losses)
        {
            return losses;
        }

        if (room <= 0)
        {
            _live = tail + 1;
        }

        return room <= 0 || _live > tail ? [] : [.. Positions(_live, Math.Min(tail, _live + room - 1))];
    }

    /// <summary>The oldest records that an operator lacks and was not sent, the furthest operator first.</summary>
    public IReadOnlyList<long> NextBacklog(Coverage coverage)
    {
        var window = (int)Math.Min(_batch, _window - InFlight(coverage));
        if (window > 0 && Losses(coverage, window) is { Count: > 0 } losses)
        {
            return losses;
        }

        _again = _again.Except(coverage.Removed.Positions);
        if (_again.Count > 0)
        {
            // Nobody waits for these, so they go without a window, one message after another.
            return [.. Positions(_again.Ranges[0].First, Math.Min(_again.Ranges[0].Last, _again.Ranges[0].First + _batch - 1))];
        }

        foreach (var lane in _lanes.OrderByDescending(lane => coverage.Of(lane.Operator).Count))
        {
            var covered = coverage.Of(lane.Operator);
            var room = Math.Min(_batch, BacklogWindow - lane.Flight(covered).Count);
            var next = RangeSet.FirstOutside(1, covered, lane.Sent);
            if (room > 0 && next < _live)
            {
                return [.. Oldest(next, covered, lane.Sent).Take((int)room)];
            }
        }

        return [];
    }

    /// <summary>Sends positions again although they were receipted.</summary>
    public void SendAgain(long first, long last) => _again = _again.Add(first, last);

    /// <summary>Loss records that an operator lacks and was not sent: they go before anything newer.</summary>
    private List<long> Losses(Coverage coverage, int room) =>
        [.. coverage.Removed.Losses.Where(position => _lanes.Any(lane => !coverage.Of(lane.Operator).Contains(position) && !lane.Sent.Contains(position))).Take(room)];

    /// <summary>Notes that positions are on their way.</summary>
    public void Sent(IReadOnlyCollection<long> positions)
    {
        _again = positions.Aggregate(_again, (set, position) => set.Remove(position, position));
        foreach (var lane in _lanes)
        {
            lane.Sent = positions.Aggregate(lane.Sent, (set, position) => set.Add(position, position));
        }

        if (positions.Count > 0 && positions.Last() >= _live)
        {
            _live = positions.Last() + 1;
        }
    }

    /// <summary>Records sent and not receipted by the operator that is furthest ahead.</summary>
    public long InFlight(Coverage coverage) => _lanes.Min(lane => lane.Flight(coverage.Of(lane.Operator)).Count);

    private IEnumerable<long> Oldest(long next, RangeSet covered, RangeSet sent)
    {
        for (; next < _live; next = RangeSet.FirstOutside(next + 1, covered, sent))
        {
            yield return next;
        }
    }

    private static IEnumerable<long> Positions(long first, long last)
    {
        for (var position = first; position <= last; position++)
        {
            yield return position;
        }
    }

    private sealed class Lane(string operatorId, TimeSpan resendAfter)
    {
        /// <summary>How often in a row everything was sent again without an answer.</summary>
        private int _silences;
        private TimeSpan _since;
        private long? _oldest;
        private long _covered;

        public string Operator => operatorId;

        public RangeSet Sent { get; set; } = RangeSet.Empty;

        /// <summary>resendAfter, doubled for each silence, at most ten minutes.</summary>
        private TimeSpan Patience => TimeSpan.FromTicks(Math.Max(resendAfter.Ticks, Math.Min(resendAfter.Ticks << Math.Min(_silences, 16), LongestResend.Ticks)));

        public RangeSet Flight(RangeSet covered) => Sent.Except(covered);

        public void Reconnected(TimeSpan now)
        {
            if (_silences == 0)
            {
                Sent = RangeSet.Empty;
            }

            (_oldest, _since) = (null, now);
        }

        /// <summary>True when the oldest record in flight has waited too long; everything in flight then counts as not sent.</summary>
        public bool Observe(RangeSet covered, TimeSpan now)
        {
            if (covered.Count > _covered)
            {
                _silences = 0;
            }

            _covered = covered.Count;
            var flight = Flight(covered);
            var oldest = flight.Count == 0 ? (long?)null : flight.Ranges[0].First;
            if (oldest is null || oldest != _oldest)
            {
                (_oldest, _since) = (oldest, now);
                return false;
            }

            if (now - _since < Patience)
            {
                return false;
            }

            Sent = RangeSet.Empty;
            _silences++;
            _oldest = null;
            return true;
        }
    }
}
