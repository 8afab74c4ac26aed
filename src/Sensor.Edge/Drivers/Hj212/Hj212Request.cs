using Sensor.Contracts;
using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>A request for kept data that is under way.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Hj212Request(Hj212Message message, Hj212Gap span, TimeProvider time)
{
    /// <summary>HJ 212-2017 gives an answer 10 s and 3 resends.</summary>
    private const int MostSends = 4;

    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    /// <summary>How long after the answer, or after one packet, the next may take; HJ 212-2017 has no figure.</summary>
    private static readonly TimeSpan Execution = TimeSpan.FromMinutes(1);

    private readonly HashSet<int> _packets = [];
    private long _since = time.GetTimestamp();
    private bool _taken;
    private int _promised;
    private int _sends = 1;

    public Hj212Message Message => message;

    /// <summary>What is asked for.</summary>
    public Hj212Gap Span => span;

    /// <summary>Whether no packet is missing of those that the frames promised.</summary>
    public bool IsWhole => _packets.Count >= _promised;

    /// <summary>Whether the data have come that stand at the end of what is asked for.</summary>
    public bool ReachedEnd { get; private set; }

    /// <summary>Whether a frame answers this request by its QN. Data may have a QN of their own.</summary>
    public bool IsAnswered(Hj212Message frame) => frame.Exchange == message.Exchange;

    /// <summary>9011 with QnRtn 1: the logger took the request.</summary>
    public void Taken() => (_taken, _since) = (true, time.GetTimestamp());

    /// <summary>Kept data arrived.</summary>
    public void Note(Hj212Message frame, Instant dataTime)
    {
        Taken();
        ReachedEnd |= dataTime == span.End;
        if (frame is { Packets: { } packets, Packet: { } packet })
        {
            _promised = Math.Max(_promised, packets);
            _packets.Add(packet);
        }
    }

    /// <summary>Whether the request is to be sent once more: it was not answered in time.</summary>
    public bool SendAgain()
    {
        if (_taken || _sends >= MostSends || time.GetElapsedTime(_since) < Answer)
        {
            return false;
        }

        (_sends, _since) = (_sends + 1, time.GetTimestamp());
        return true;
    }

    /// <summary>Whether nothing came in time.</summary>
    public bool IsOver => time.GetElapsedTime(_since) >= (_taken ? Execution : Answer) && (_taken || _sends >= MostSends);
}
