using System.Data.Common;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>Entries whose bytes were moved.</summary>
/// <param name="First">The index of the first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="File">The name of the archive file.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="Folder">The folder into which it was written.</param>
internal sealed record ArchivedRange(long First, long Count, string File, Digest Sha256, string Folder)
{
    private const string Columns = "SELECT first, count, file, sha256, folder FROM archived";

    /// <summary>The index behind the last.</summary>
    public long Next => First + Count;

    /// <summary>Every range, in order.</summary>
    /// <remarks>None in a backup from before there were archives.</remarks>
    public static IReadOnlyList<ArchivedRange> All(ISqlDatabase evidence) =>
        evidence.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'archived'") > 0 ? evidence.Query($"{Columns} ORDER BY first", Read) : [];

    /// <summary>The range of an entry; null where it was not moved.</summary>
    public static ArchivedRange? Of(ISqlDatabase evidence, long index) =>
        evidence.Query($"{Columns} WHERE first <= $1 ORDER BY first DESC LIMIT 1", Read, index) is [var range] && index < range.Next ? range : null;

    /// <summary>The first entry that was not moved.</summary>
    public static long End(ISqlDatabase evidence) => evidence.Number("SELECT max(first + count) FROM archived") ?? 0;

    private static ArchivedRange Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.Digest(3), row.GetString(4));
}
