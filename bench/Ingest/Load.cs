using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Ingest;

/// <summary>What one round sends: messages of all stations in turn, made and signed before any clock runs.</summary>
/// <param name="Stations">Who signed: stations that no other load has.</param>
/// <param name="PerMessage">The envelopes of one message.</param>
/// <param name="Messages">Topic and payload of each.</param>
internal sealed record Load(IReadOnlyList<BenchStation> Stations, int PerMessage, IReadOnlyList<(string Topic, byte[] Payload)> Messages) : IDisposable
{
    private static int _loads;

    /// <summary>The records in all messages.</summary>
    public long Records => (long)Messages.Count * PerMessage;

    /// <summary>The bytes of all payloads.</summary>
    public long Bytes => Messages.Sum(m => (long)m.Payload.Length);

    /// <summary>Signs a load; every station gets the same number of whole messages.</summary>
    public static Load Sign(int stations, long records, int perMessage)
    {
        var rounds = (int)long.Max(1, records / ((long)stations * perMessage));
        var load = Interlocked.Increment(ref _loads);
        var senders = Enumerable.Range(0, stations).Select(i => new BenchStation($"BENCH-{load}-{i:D4}")).ToArray();
        var signed = new (string, byte[])[stations * rounds];
        Parallel.For(0, stations, s =>
        {
            for (var round = 0; round < rounds; round++)
            {
                signed[(round * stations) + s] = Message(senders[s], perMessage);
            }
        });
        return new Load(senders, perMessage, signed);
    }

    public void Dispose()
    {
        foreach (var station in Stations)
        {
            station.Dispose();
        }
    }

    // As stations do: one record goes live, several together are backlog.
    private static (string Topic, byte[] Payload) Message(BenchStation station, int perMessage) =>
        (perMessage == 1 ? Topics.Records(station.Id) : Topics.Backlog(station.Id),
            EnvelopeSequence.Join([.. Enumerable.Range(0, perMessage).Select(_ => station.Next().Bytes)]));
}
