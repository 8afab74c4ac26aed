using Microsoft.Data.Sqlite;
using Sensor.Edge.Commands;

namespace Sensor.Edge.Outbox;

/// <summary>Opens the outbox file so that a committed transaction survives power loss, or says why it does not.</summary>
internal static class OutboxDatabase
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>Opens the file for writing, makes it when it does not exist, and sets and verifies what durability rests on.</summary>
    /// <exception cref="EdgeException">It is damaged, of a later version, or something else than an outbox.</exception>
    public static SqliteConnection OpenWriter(string file, Synchronisation synchronisation = Synchronisation.Full) => Guarded(file, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var connection = Connect(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Require(connection, file, "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal");
            Require(connection, file, $"PRAGMA synchronous = {(long)synchronisation}", "PRAGMA synchronous", (long)synchronisation);
            connection.Run("PRAGMA foreign_keys = ON");
            CreateOrCheck(connection, file);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>Opens the file for reading beside a writer, in this process or another.</summary>
    public static SqliteConnection OpenReader(string file) => Guarded(file, () => Connect(file, SqliteOpenMode.ReadOnly));

    /// <summary>Reads every page of the file; for after an end that was not orderly.</summary>
    public static void CheckWhole(SqliteConnection connection, string file) => Guarded(file, () =>
        connection.Scalar("PRAGMA quick_check(1)") is "ok" ? true : throw Damaged(file, "its pages contradict each other", null));

    /// <summary>Whether an error means that the file itself is damaged, so that trying again is no use.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    public static EdgeException Damaged(string file, string what, Exception? cause) => new(
        ExitCodes.Outbox,
        $"The outbox {file} is damaged: {what}. The next start puts its files aside, keeps what is whole and begins a new run.",
        cause,
        damagedOutbox: true);

    /// <summary>What an error of SQLite means for the person who has to act.</summary>
    public static EdgeException Explain(string file, SqliteException e) => IsDamage(e) ? Damaged(file, e.Message.TrimEnd('.'), e) : Unusable(file, e);

    /// <summary>Turns what goes wrong with the file into what the person has to do.</summary>
    public static T Guarded<T>(string file, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException e)
        {
            throw Explain(file, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, e);
        }
    }

    public static EdgeException Unusable(string file, Exception e) =>
        new(ExitCodes.Outbox, $"The outbox {file} cannot be used: {e.Message.TrimEnd('.')}. Check the path, the owner and the free space.", e) { StorageRefuses = StorageFault.MayPass(e, file) };

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ConnectionString);
        try
        {
            connection.Open();
            connection.Run("PRAGMA busy_timeout = 10000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Require(SqliteConnection connection, string file, string set, string ask, object expected)
    {
        connection.Run(set);
        if (!expected.Equals(connection.Scalar(ask)))
        {
            throw new EdgeException(ExitCodes.Outbox, $"The outbox {file} does not accept '{set}', without which a record could be lost at a power failure. Put it on a local file system.");
        }
    }

    private static void CreateOrCheck(SqliteConnection connection, string file)
    {
        var id = (long)connection.Scalar("PRAGMA application_id")!;
        if (id == 0 && (long)connection.Scalar("SELECT count(*) FROM sqlite_schema")! == 0)
        {
            using var transaction = connection.BeginTransaction();
            connection.Run(OutboxSchema.Create + $"PRAGMA application_id = {OutboxSchema.ApplicationId}; PRAGMA user_version = {OutboxSchema.Version};");
            transaction.Commit();
            return;
        }

        var version = (long)connection.Scalar("PRAGMA user_version")!;
        if (id == OutboxSchema.ApplicationId && version == 1)
        {
            using var upgrade = connection.BeginTransaction();
            connection.Run(OutboxSchema.Removed + $"PRAGMA user_version = {OutboxSchema.Version};");
            upgrade.Commit();
            return;
        }

        if (id != OutboxSchema.ApplicationId || version != OutboxSchema.Version)
        {
            throw new EdgeException(ExitCodes.Outbox, $"{file} is not an outbox of version {OutboxSchema.Version} (application id {id:x8}, version {version}). Use the software that made it, or correct outbox.file.");
        }
    }
}
