using Microsoft.Data.Sqlite;

namespace Sensor.Edge.Outbox;

/// <summary>Which errors say that the storage takes nothing now and may take it later: full, read-only, or answering with errors.</summary>
internal static class StorageFault
{
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;

    // The numbers of Linux, which .NET hands on as HResult.
    private const int IoError = 5;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int OverQuota = 122;

    public static bool MayPass(Exception e) => e switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteReadOnly or SqliteIoError or SqliteFull,
        IOException io => io.HResult is IoError or NoSpace or ReadOnlyFileSystem or OverQuota,
        _ => false,
    };
}
