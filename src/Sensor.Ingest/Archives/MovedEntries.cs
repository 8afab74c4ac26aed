using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>Takes the bytes of entries out of the evidence file once an archive file has them.</summary>
internal static class MovedEntries
{
    // The first record of each run keeps its bytes: what arrives is compared with it.
    private const string Moved = "idx >= $1 AND idx < $2 AND sequence <> 1";

    /// <summary>Empties the entries of an archive file that is durable and notes the file, in one transaction.</summary>
    /// <remarks>
    /// The rows are written anew instead of changed in place: SQLite gives pages back that hold nothing, and does not move what is left in pages that
    /// hold less. With their bytes gone the rows fill fewer pages, and the others take what comes.
    /// </remarks>
    public static void Empty(Database evidence, ArchiveManifest manifest, string folder) => evidence.Transaction(() =>
    {
        evidence.Execute($"CREATE TEMP TABLE moved AS SELECT idx, station, run, sequence, digest, received_at, standing, unmapped FROM evidence WHERE {Moved}", manifest.First, manifest.Next);
        evidence.Execute($"DELETE FROM evidence WHERE {Moved}", manifest.First, manifest.Next);
        evidence.Execute(
            "INSERT INTO evidence(idx, station, run, sequence, digest, envelope, received_at, standing, unmapped) SELECT idx, station, run, sequence, digest, zeroblob(0), received_at, standing, unmapped FROM moved ORDER BY idx");
        evidence.Execute("DROP TABLE moved");
        return evidence.Execute(
            "INSERT INTO archived(first, count, file, sha256, folder) VALUES($1, $2, $3, $4, $5)", manifest.First, manifest.Count, manifest.File, manifest.Sha256.ToArray(), folder);
    });
}
