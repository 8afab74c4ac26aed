using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sensor.Ingest.Archives;

namespace Sensor.Ingest.Evidence;

/// <summary>One connection to a SQLite file, durable at every commit, with its statements kept prepared.</summary>
/// <remarks>Thread-safe: every member takes the lock of the connection, and a transaction keeps it to its end, so that nobody sees half of one.</remarks>
internal sealed class Database : ISqlDatabase
{
    private const int BusySeconds = 2;

    // A commit waits for the write-ahead log alone; what moves it into the file is done less often than by default, and with pages that met meanwhile.
    private const string Writing = "PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-16384";
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);
    private bool _inTransaction;
    private readonly Lock _lock = new();

    private Database(string path, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds };
        _connection = new SqliteConnection(text.ToString());
        _connection.Open();
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    string ISqlDatabase.Place => Path;

    public EvidenceArchive? Archive { get; init; } = EvidenceArchive.Unconfigured;

    /// <summary>How many versions of its tables the file has.</summary>
    public long Version => Number("PRAGMA user_version") ?? 0;

    /// <summary>Opens a file for writing, making it with a schema where it does not exist.</summary>
    /// <exception cref="IOException">SQLite did not take the settings on which durability rests.</exception>
    public static Database OpenForWriting(string path, string schema) => Open(path, database => database.Run(schema), Synchronisation.Full, archive: null);

    /// <summary>
    /// Opens a file for writing and brings it forward to the newest version of its schema. Its <c>user_version</c> tells how many it has; what
    /// is added to the list stays there for ever, because files of every version are about.
    /// </summary>
    /// <exception cref="IOException">The file was written by a newer program, or SQLite did not take the settings on which durability rests.</exception>
    public static Database OpenForWriting(string path, IReadOnlyList<string> versions, Synchronisation synchronisation = Synchronisation.Full, EvidenceArchive? archive = null) =>
        Open(path, database => database.BringForward(versions), synchronisation, archive);

    private static Database Open(string path, Action<Database> prepare, Synchronisation synchronisation, EvidenceArchive? archive)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var database = new Database(path, SqliteOpenMode.ReadWriteCreate) { Archive = archive ?? EvidenceArchive.Unconfigured };
        try
        {
            database.Demand("journal_mode", "WAL", "wal");
            database.Demand("synchronous", synchronisation.ToString(), ((int)synchronisation).ToString(System.Globalization.CultureInfo.InvariantCulture));
            database.Run(Writing);
            prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing file for reading beside its writer.</summary>
    public static Database OpenForReading(string path, EvidenceArchive? archive = null) => new(path, SqliteOpenMode.ReadOnly) { Archive = archive ?? EvidenceArchive.Unconfigured };

    /// <summary>Copies a file as it is between two transactions, while others write to it.</summary>
    /// <exception cref="IOException">SQLite finds the copy damaged.</exception>
    public static void Copy(string from, string to)
    {
        using (var target = new Database(to, SqliteOpenMode.ReadWriteCreate))
        {
            using var source = OpenForReading(from);
            source._connection.BackupDatabase(target._connection);

            // A file in WAL mode would get companions as soon as someone reads it.
            target.Run("PRAGMA journal_mode=DELETE");
            if (target.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"] and var found)
            {
                throw new IOException($"{from} is damaged: {string.Join(' ', found)}. Restore it from an older backup; stations send the rest again.");
            }
        }
    }

    /// <summary>Runs a statement; its parameters are $1, $2 and so on.</summary>
    public int Execute(string sql, params object?[] values)
    {
        lock (_lock)
        {
            // Within a transaction nobody else holds the lock of the file, so that there is nothing to wait for.
            return _inTransaction ? Prepared(sql, values.Length).Run(values) : Prepare(sql, values).ExecuteNonQuery();
        }
    }

    /// <summary>Reads every row of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        lock (_lock)
        {
            using var reader = Prepare(sql, values).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    List<T> ISqlDatabase.Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values) => Query<T>(sql, read, values);

    /// <summary>The whole number in the first column of the first row; null where there is no row or no value.</summary>
    public long? Number(string sql, params object?[] values)
    {
        lock (_lock)
        {
            return Prepare(sql, values).ExecuteScalar() as long?;
        }
    }

    /// <summary>Runs some work as one transaction, undone whole when the work or the commit fails.</summary>
    public T Transaction<T>(Func<T> work)
    {
        lock (_lock)
        {
            Execute("BEGIN IMMEDIATE");
            try
            {
                _inTransaction = true;
                var result = work();
                _inTransaction = false;
                Execute("COMMIT");
                return result;
            }
            catch
            {
                _inTransaction = false;

                // Some failures end the transaction by themselves; then there is nothing left to undo.
                if (!SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle).Equals(1))
                {
                    Execute("ROLLBACK");
                }

                throw;
            }
        }
    }

    /// <summary>Reads with several queries what belongs together, with no transaction of this connection in between.</summary>
    public T Together<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var command in _commands.Values.Concat<IDisposable>(_statements.Values))
            {
                command.Dispose();
            }

            _commands.Clear();
            _statements.Clear();
            _connection.Dispose();
        }
    }

    private void Run(string script)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    private void BringForward(IReadOnlyList<string> versions)
    {
        while (Version != versions.Count)
        {
            Transaction(() => StepForward(versions));
        }
    }

    // Looked up inside the transaction: another process may bring the file forward at the same time.
    private bool StepForward(IReadOnlyList<string> versions)
    {
        var version = Version;
        if (version > versions.Count)
        {
            throw new IOException($"{Path} has version {version} of its tables; this program knows {versions.Count}. Run the program that wrote it, or a newer one.");
        }

        if (version < versions.Count)
        {
            Run(versions[(int)version]);
            Run($"PRAGMA user_version={version + 1}");
        }

        return true;
    }

    private void Demand(string pragma, string value, string expected)
    {
        Run($"PRAGMA {pragma}={value}");
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA " + pragma;
        var actual = Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (actual != expected)
        {
            throw new IOException($"{Path}: SQLite keeps {pragma} at '{actual}' instead of '{expected}'. Put the data directory on a local file system.");
        }
    }

    private PreparedStatement Prepared(string sql, int parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new PreparedStatement(_connection.Handle!, sql, parameters);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddRange(Enumerable.Range(1, values.Length).Select(i => new SqliteParameter { ParameterName = $"${i}" }));
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                ReadOnlyMemory<byte> bytes => bytes.ToArray(),
                var value => value,
            };
        }

        return command;
    }
}
