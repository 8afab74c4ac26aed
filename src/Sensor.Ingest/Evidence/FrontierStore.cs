using System.Numerics;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;

namespace Sensor.Ingest.Evidence;

/// <summary>The saved right edge of the evidence log's tree. It follows from <c>evidence</c> and is made anew from it where the two differ.</summary>
/// <remarks>Works inside the transactions of the evidence log; one thread at a time.</remarks>
internal sealed class FrontierStore(ISqlDatabase database)
{
    /// <summary>The frontier as it was saved; empty before the first record.</summary>
    /// <exception cref="ArgumentException">What was saved is no frontier.</exception>
    public MerkleFrontier Load() =>
        database.Query("SELECT size, peaks FROM log", row => (Size: row.GetInt64(0), Peaks: row.Bytes(1))) is [var log]
            ? new MerkleFrontier(log.Size, log.Peaks.Chunk(Digest.Size).Select(peak => new Digest(peak)))
            : new MerkleFrontier();

    /// <summary>The log as it was saved.</summary>
    public static LogCheckpoint CheckpointOf(ISqlDatabase database)
    {
        var frontier = new FrontierStore(database).Load();
        return new LogCheckpoint(frontier.Size, frontier.Root());
    }

    /// <summary>Saves the frontier.</summary>
    public void Save(MerkleFrontier frontier) => database.Execute(
        "INSERT INTO log(id, size, peaks) VALUES(1, $1, $2) ON CONFLICT(id) DO UPDATE SET size = excluded.size, peaks = excluded.peaks", frontier.Size, frontier.Peaks.SelectMany(p => p.ToArray()).ToArray());

    /// <summary>Compares what was saved with the evidence and makes it anew where they differ.</summary>
    /// <exception cref="IOException">Rows of the evidence are missing.</exception>
    public void Repair(ILogger logger)
    {
        var held = (database.Number("SELECT max(idx) FROM evidence") + 1) ?? 0;
        if (Agrees(held))
        {
            return;
        }

        var frontier = FromRows();
        if (frontier.Size != held)
        {
            throw new IOException($"{database.Place} holds {frontier.Size} records although the last has the index {held - 1}: rows were removed. Restore the file from a backup.");
        }

        Save(frontier);
        logger.LogWarning("{Path}: the saved Merkle frontier did not fit the evidence and was made anew from its {Size} records; the root is {Root}", database.Place, frontier.Size, frontier.Root());
    }

    /// <summary>The frontier that follows from the evidence alone.</summary>
    public MerkleFrontier FromRows() => From(0);

    // The last peak covers the newest records; to compare all would read the whole file at every start.
    private bool Agrees(long held)
    {
        try
        {
            var saved = Load();
            return saved.Size == held && (held == 0 || From(held - (1L << BitOperations.TrailingZeroCount(held))).Peaks[0] == saved.Peaks[^1]);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private MerkleFrontier From(long first)
    {
        var frontier = new MerkleFrontier();
        database.Query(
            "SELECT digest FROM evidence WHERE idx >= $1 ORDER BY idx",
            row =>
            {
                frontier.Append(row.Bytes(0));
                return true;
            },
            first);
        return frontier;
    }
}
