using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Evidence;

namespace WaterWatch.Bench.Evidence;

/// <summary>Proofs from a log of many records in SQLite. The records are rows of random digests: a proof reads nothing else of them.</summary>
/// <param name="FillSeconds">How long it took once to read the log and keep its subtrees.</param>
/// <param name="FromAll">An inclusion proof computed from all entries in memory.</param>
/// <param name="Inclusion">An inclusion proof.</param>
/// <param name="Consistency">A consistency proof.</param>
internal sealed record LargeLog(double FillSeconds, Figure FromAll, Figure Inclusion, Figure Consistency)
{
    private const int Proofs = 200;

    public static LargeLog Measure(string folder, int leaves, int repetitions)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "large")).FullName;
        Fill(data, leaves);
        using var key = SigningKey.Create();
        using var store = CheckpointStore.Open(data);
        using var reading = Database.OpenForReading(EvidenceLog.PathIn(data));
        var desk = new CheckpointDesk(CheckpointedAppends.Configuration(data), key, store, reading, NullLogger.Instance, TimeProvider.System);
        SignedCheckpoint note = null!;
        var fill = CheckpointedAppends.Time(() => note = desk.Issue());
        var (all, inclusion, consistency) = (new List<double>(), new List<double>(), new List<double>());
        var digests = reading.Query("SELECT digest FROM evidence ORDER BY idx", row => row.Digest(0));
        var random = new Random(1);
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            var places = Enumerable.Range(0, Proofs).Select(_ => random.Next(leaves)).ToList();
            all.Add(CheckpointedAppends.Time(() => MerkleTree.Inclusion(places[0], leaves, (from, count) => MerkleBlocks.RootOf(digests.Skip((int)from).Take((int)count)))));
            inclusion.Add(CheckpointedAppends.Time(() => places.ForEach(place => Demand(note, place, digests[place], desk))) / Proofs);
            consistency.Add(CheckpointedAppends.Time(() => places.ForEach(place => MerkleTree.Consistency(place, leaves, desk.Tree.Subtree))) / Proofs);
        }

        return new LargeLog(fill, new Figure("all", all, 1), new Figure("inclusion", inclusion, 1), new Figure("consistency", consistency, 1));
    }

    private static void Demand(SignedCheckpoint note, long place, Digest entry, CheckpointDesk desk)
    {
        var (size, root) = (note.Checkpoint.Size, note.Checkpoint.Root);
        if (MerkleTree.RootOf(place, size, MerkleTree.LeafOf(entry), MerkleTree.Inclusion(place, size, desk.Tree.Subtree)) != root)
        {
            throw new InvalidOperationException($"the proof of {place} does not hold");
        }
    }

    private static void Fill(string data, int leaves)
    {
        using var database = Database.OpenForWriting(EvidenceLog.PathIn(data), EvidenceSchema.Versions);
        database.Execute(
            """
            INSERT INTO evidence(idx, station, run, sequence, digest, envelope, received_at, standing)
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1) SELECT i, 'ST-1', zeroblob(16), i + 1, randomblob(32), zeroblob(500), 0, 'new' FROM n
            """,
            leaves);
        new FrontierStore(database).Repair(NullLogger.Instance);
    }
}
