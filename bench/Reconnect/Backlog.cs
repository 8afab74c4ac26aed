using Sensor.Contracts.Wire;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Reconnect;

/// <summary>What a station could not send while it was cut off, signed, in messages as stations send them.</summary>
internal sealed class Backlog : IDisposable
{
    /// <summary>The envelopes of one message, a station's usual setting.</summary>
    public const int PerMessage = 64;

    /// <summary>Ten minutes.</summary>
    public const long Interval = 600_000;

    private Backlog(BenchStation station, IReadOnlyList<byte[]> messages) => (Station, Messages) = (station, messages);

    public BenchStation Station { get; }

    public IReadOnlyList<byte[]> Messages { get; }

    /// <summary>The records in all messages.</summary>
    public long Records => Station.Sequence;

    public static Backlog Sign(string id, int records)
    {
        var station = new BenchStation(id, Interval);
        var messages = Enumerable.Range(0, records).Chunk(PerMessage).Select(chunk => EnvelopeSequence.Join([.. chunk.Select(_ => station.Next().Bytes)])).ToList();
        return new Backlog(station, messages);
    }

    public void Dispose() => Station.Dispose();
}
