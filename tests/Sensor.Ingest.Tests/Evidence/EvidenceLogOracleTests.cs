using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>The log keeps in memory what it would otherwise ask the file for with every record; a log that remembers nothing must come to the same rows.</summary>
public sealed class EvidenceLogOracleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waterwatch-oracle-");
    private readonly SettableTime _time = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Trials.Of(6, 200))];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Append_AnyOrderWithRepeatsForksLossesAndFailures_LeavesTheRowsOfALogWithoutMemory(int seed)
    {
        var random = new Random(seed);
        var arrivals = Shuffled(random, Signed(random));
        var landings = new List<Landing>();
        using (var log = Open("remembering"))
        {
            for (var rest = arrivals.AsEnumerable(); rest.Any();)
            {
                var batch = rest.Take(random.Next(1, 9)).ToList();
                if (random.Next(4) == 0)
                {
                    Assert.Throws<ArgumentException>(() => log.Append([.. batch, new Poison()]));
                }

                landings.AddRange(log.Append(batch).Landings);
                rest = rest.Skip(batch.Count);
            }
        }

        foreach (var arrival in arrivals)
        {
            using var log = Open("forgetful");
            log.Append([arrival]);
        }

        Assert.Equal(Expected(arrivals), landings);
        Assert.Equal(Dump("forgetful"), Dump("remembering"));
        StoreRebuild.InSqlite(PathOf("remembering"));
        Assert.Equal(Dump("forgetful"), Dump("remembering"));
    }

    private static List<Landing> Expected(IEnumerable<Arrival> arrivals)
    {
        var (digests, identities) = (new HashSet<Digest>(), new HashSet<(string, LifeId, long)>());
        return [.. arrivals.Cast<RecordArrival>().Select(a => (a.Envelope.Digest, a.Decoded.Header)).Select(a =>
            !digests.Add(a.Digest) ? Landing.Repeat
            : identities.Add((a.Header.Station, a.Header.Run, a.Header.Sequence)) ? Landing.New
            : Landing.Fork)];
    }

    /// <summary>Two stations with orderly and forgetful restarts, forks, losses, and readings that are stated twice.</summary>
    private static List<Envelope> Signed(Random random)
    {
        var signed = new List<Envelope>();
        foreach (var id in new[] { "ST-1", "ST-2" })
        {
            using var station = new TestStation(id);
            PreviousRun? remembered = null;
            for (var i = 0; i < 22; i++)
            {
                signed.Add(Next(random, station, remembered));
                remembered = remembered is null || random.Next(3) == 0 ? station.Memory : remembered;
                if (random.Next(6) == 0)
                {
                    signed.Add(station.Sign(TestStation.Readings("9.99", TestStation.Start), station.Sequence));
                }

                if (random.Next(7) == 0)
                {
                    station.Restart(random.Next(3) switch { 0 => null, 1 => remembered, _ => station.Memory });
                }
            }
        }

        return signed;
    }

    private static Envelope Next(Random random, TestStation station, PreviousRun? remembered) => remembered is { } lost && random.Next(8) == 0
        ? station.Next(new LossBody { Run = lost.Run, First = 1, Last = lost.Sequence, Count = 1, Reason = LossReason.Space })
        : station.Next(sampled: TestStation.Start.PlusMilliseconds(random.Next(12) * 600_000));

    private static List<Arrival> Shuffled(Random random, List<Envelope> signed)
    {
        var sent = signed.Concat(signed.Where(_ => random.Next(5) == 0)).Select(Arrival (envelope) => EvidenceArrivals.Of(envelope)).ToArray();

        // Some nearly in order, some wildly.
        var spread = random.Next(1, 40);
        return [.. sent.Select((arrival, i) => (arrival, At: i + random.Next(spread))).OrderBy(a => a.At).Select(a => a.arrival)];
    }

    private EvidenceLog Open(string name) => EvidenceLog.Open(PathOf(name), _time, synchronisation: Synchronisation.Off);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private IReadOnlyList<string> Dump(string name)
    {
        using var database = Database.OpenForReading(EvidenceLog.PathIn(PathOf(name)));
        return ProjectionDump.Of(database);
    }

    private sealed record Poison() : Arrival("topic");
}
