using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Checkpoints;

/// <summary>Keeps the roots of the complete blocks of the log, so that a start does not read the whole evidence. They follow from it and are made anew where they do not fit.</summary>
/// <remarks>Writes inside transactions of the caller.</remarks>
internal sealed class SubtreeStore(ISqlDatabase database)
{
    /// <summary>The blocks that are kept.</summary>
    public MerkleBlocks Load()
    {
        var blocks = new MerkleBlocks();
        foreach (var (_, root) in database.Query("SELECT place, root FROM subtree ORDER BY place", row => (Place: row.GetInt64(0), Root: row.Digest(1))).TakeWhile((row, i) => row.Place == i))
        {
            blocks.Add(root);
        }

        return blocks;
    }

    public void Put(long place, Digest root) => database.Execute("INSERT INTO subtree(place, root) VALUES($1, $2) ON CONFLICT(place) DO UPDATE SET root = excluded.root", place, root.ToArray());

    public void Forget() => database.Execute("DELETE FROM subtree");
}
