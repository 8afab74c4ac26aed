using Microsoft.Data.Sqlite;

namespace Sensor.Edge.Outbox;

/// <summary>Which errors say that the storage takes nothing now and may take it later: full, read-only, or answering with errors.</summary>
internal static class StorageFault
{
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    // The numbers of Linux, which .NET hands on as HResult.
    private const int IoError = 5;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int OverQuota = 122;

    /// <param name="e">What went wrong.</param>
    /// <param name="file">The outbox.</param>
    public static bool MayPass(Exception e, string file) => e switch
    {
        SqliteException { SqliteErrorCode: SqliteCannotOpen } => IsRefusedBeside(file),
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteReadOnly or SqliteIoError or SqliteFull,
        IOException io => io.HResult is IoError or NoSpace or ReadOnlyFileSystem or OverQuota,
        _ => false,
    };

    /// <summary>SQLite does not say why it cannot open; a file beside the outbox meets the same reason.</summary>
    private static bool IsRefusedBeside(string file)
    {
        var probe = file + ".probe";
        try
        {
            using var stream = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            stream.WriteByte(0);
            stream.Flush(flushToDisk: true);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MayPass(e, file);
        }
    }
}
