using Sensor.Contracts;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>The records that an outbox gave up as it may: it still holds the receipt of them, or a signed loss that names them.</summary>
internal sealed class CutGaps
{
    private readonly Dictionary<LifeId, RangeSet> _explained;

    public CutGaps(string outboxFile)
    {
        using var connection = OutboxDatabase.OpenReader(outboxFile);
        var removed = RemovedRecords.Load(connection).Positions;
        var runs = RunInfo.All(connection);
        var covered = connection.Rows(r => (Run: r.GetInt64(0), Covered: Coverage.Unpack(r.Bytes(1))), "SELECT run, covered FROM receipt WHERE operator = 'anhui'").ToDictionary(r => r.Run, r => r.Covered);
        var losses = Chain.Bodies(outboxFile).OfType<LossBody>().ToLookup(loss => loss.Run);
        _explained = runs.ToDictionary(run => run.Id, run => Named(covered.GetValueOrDefault(run.Number, RangeSet.Empty), losses[run.Id], run, removed));
    }

    public bool Explains(LifeId run, long sequence) => _explained.TryGetValue(run, out var set) && set.Contains(sequence);

    private static RangeSet Named(RangeSet receipted, IEnumerable<LossBody> losses, RunInfo run, RangeSet removed)
    {
        var named = losses.Aggregate(receipted, (set, loss) => set.Add(loss.First, loss.Last));
        var gone = removed.Ranges.Aggregate(RangeSet.Empty, (set, range) => set.Add(Math.Max(1, range.First - run.First + 1), range.Last - run.First + 1));
        return gone.Except(gone.Except(named));
    }
}
