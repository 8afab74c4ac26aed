using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Holds every receipt that was ever heard against the evidence that is there in the end.</summary>
internal static class ReceiptChecks
{
    /// <summary>What a receipt covers is there, its digest is that of its last record, and the log it states is the beginning of the log.</summary>
    public static void EveryReceiptIsCovered(IEnumerable<ResendingStation> stations, ISqlDatabase evidence)
    {
        var log = TestIngest.DigestsOf(evidence);
        var roots = new Dictionary<long, Digest>();
        foreach (var station in stations)
        {
            var held = evidence.Query("SELECT sequence, digest FROM evidence WHERE station = $1", row => (Sequence: row.GetInt64(0), Digest: row.Digest(1)), station.Station.Id).ToDictionary(r => r.Sequence, r => r.Digest);
            foreach (var receipt in station.Receipts)
            {
                var covered = Enumerable.Range(1, (int)receipt.Through).Select(i => (long)i).Concat(receipt.Beyond.SelectMany(b => Enumerable.Range((int)b.First, (int)(b.Last - b.First + 1)).Select(i => (long)i)));
                Assert.All(covered, sequence => Assert.Contains(sequence, held.Keys));
                Assert.Equal(receipt.Through == 0 ? null : held[receipt.Through], receipt.ThroughDigest);
                Assert.Equal(roots.TryGetValue(receipt.LogSize, out var root) ? root : roots[receipt.LogSize] = TestIngest.RootOf(log.Take((int)receipt.LogSize)), receipt.LogRoot);
            }
        }
    }
}
