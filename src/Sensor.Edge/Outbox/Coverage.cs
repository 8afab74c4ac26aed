using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Sensor.Contracts;

namespace Sensor.Edge.Outbox;

/// <summary>Which positions each configured operator has receipted.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class Coverage
{
    private readonly Dictionary<string, RangeSet> _covered;
    private readonly Dictionary<string, RangeSet> _done;

    private Coverage(Dictionary<string, RangeSet> covered, RemovedRecords removed)
    {
        (_covered, Removed) = (covered, removed);
        _done = covered.ToDictionary(entry => entry.Key, entry => removed.Positions.Ranges.Aggregate(entry.Value, (set, range) => set.Add(range.First, range.Last)), StringComparer.Ordinal);
    }

    /// <summary>What the outbox no longer holds.</summary>
    public RemovedRecords Removed { get; }

    /// <summary>The held positions that every operator has receipted.</summary>
    public RangeSet Everyone => _covered.Values.Aggregate((all, next) => all.Except(all.Except(next))).Except(Removed.Positions);

    /// <summary>The configured operators, in ordinal order.</summary>
    public IReadOnlyList<string> Operators => [.. _covered.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What need not be sent to an operator: receipted, or no longer held.</summary>
    public RangeSet Of(string operatorId) => _done[operatorId];

    /// <summary>What an operator has receipted, held or not.</summary>
    public RangeSet Receipted(string operatorId) => _covered[operatorId];

    /// <summary>Whether every operator has receipted all of some positions, held or not.</summary>
    public bool HasFromEveryone(long first, long last) => _covered.Values.All(covered => RangeSet.Empty.Add(first, last).Except(covered).Count == 0);

    /// <summary>The same after records were removed.</summary>
    public Coverage Without(RemovedRecords removed) => new(_covered, removed);

    /// <summary>The same with what one operator covers of one run replaced.</summary>
    public Coverage With(string operatorId, RunInfo run, long lastPosition, RangeSet sequences)
    {
        var positions = sequences.Ranges.Aggregate(
            _covered[operatorId].Remove(run.First, lastPosition),
            (set, range) => set.Add(run.PositionOf(range.First), run.PositionOf(range.Last)));
        return new Coverage(new Dictionary<string, RangeSet>(_covered, StringComparer.Ordinal) { [operatorId] = positions }, Removed);
    }

    /// <summary>Nothing receipted by anyone.</summary>
    public static Coverage None(IEnumerable<string> operators) => new(operators.ToDictionary(id => id, _ => RangeSet.Empty, StringComparer.Ordinal), RemovedRecords.None);

    /// <summary>Reads what the outbox remembers for some operators.</summary>
    public static Coverage Load(SqliteConnection connection, IEnumerable<string> operators)
    {
        var runs = RunInfo.All(connection).ToDictionary(run => run.Number);
        var covered = operators.ToDictionary(id => id, _ => RangeSet.Empty, StringComparer.Ordinal);
        var rows = connection.Rows(r => (Operator: r.GetString(0), Run: runs[r.GetInt64(1)], Covered: Unpack(r.Bytes(2))), "SELECT operator, run, covered FROM receipt");
        foreach (var (operatorId, run, sequences) in rows.Where(row => covered.ContainsKey(row.Operator)))
        {
            covered[operatorId] = sequences.Ranges.Aggregate(covered[operatorId], (set, range) => set.Add(run.PositionOf(range.First), run.PositionOf(range.Last)));
        }

        return new Coverage(covered, RemovedRecords.Load(connection));
    }

    public static byte[] Pack(RangeSet set)
    {
        var bytes = new byte[set.Ranges.Count * 16];
        for (var i = 0; i < set.Ranges.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16 * i), set.Ranges[i].First);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan((16 * i) + 8), set.Ranges[i].Last);
        }

        return bytes;
    }

    public static RangeSet Unpack(byte[] bytes)
    {
        var set = RangeSet.Empty;
        for (var i = 0; i + 16 <= bytes.Length; i += 16)
        {
            set = set.Add(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(i)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(i + 8)));
        }

        return set;
    }

    /// <summary>The sequences of a run that a receipt covers.</summary>
    public static RangeSet Of(Receipt receipt) => receipt.Beyond.Aggregate(RangeSet.Empty.Add(1, receipt.Through), (set, range) => set.Add(range.First, range.Last));
}
