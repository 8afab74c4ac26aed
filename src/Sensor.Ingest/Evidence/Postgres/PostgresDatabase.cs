using System.Data;
using System.Data.Common;
using System.Text;
using Npgsql;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>One session of PostgreSQL, durable at every commit. A session that broke is opened anew by the next statement outside a transaction.</summary>
/// <remarks>Thread-safe: every member takes the lock of the session, and a transaction keeps it to its end.</remarks>
internal sealed class PostgresDatabase : ISqlDatabase
{
    private readonly NpgsqlConnection _connection;
    private readonly Action<PostgresDatabase>? _atBegin;
    private readonly string? _listen;
    private readonly Lock _lock = new();
    private NpgsqlTransaction? _transaction;

    private PostgresDatabase(string connection, Action<PostgresDatabase>? atBegin, string? listen, Action<string>? heard)
    {
        (_connection, _atBegin, _listen) = (new NpgsqlConnection(connection), atBegin, listen);
        _connection.Notification += (_, notification) => heard?.Invoke(notification.Payload);
    }

    /// <inheritdoc/>
    public string Place => $"PostgreSQL {_connection.Host}/{_connection.Database}";

    /// <summary>The server's process of this session.</summary>
    public int ProcessId => _connection.ProcessID;

    /// <summary>Opens a session.</summary>
    /// <param name="connection">The connection string of <see cref="PostgresSettings"/>.</param>
    /// <param name="atBegin">Runs first in every transaction, which its exception undoes; null for nothing.</param>
    /// <param name="listen">The channel whose notifications <see cref="WaitForNews"/> waits for.</param>
    /// <param name="heard">Called with the text of each notification, within a statement or wait of this session; it must not use the session.</param>
    /// <exception cref="IOException">The server's settings do not keep what was committed.</exception>
    /// <exception cref="DbException">The server cannot be reached, or refuses.</exception>
    public static PostgresDatabase Open(string connection, Action<PostgresDatabase>? atBegin = null, string? listen = null, Action<string>? heard = null)
    {
        var database = new PostgresDatabase(connection, atBegin, listen, heard);
        try
        {
            database.Connect();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public int Execute(string sql, params object?[] values)
    {
        lock (_lock)
        {
            using var command = Prepare(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        lock (_lock)
        {
            using var command = Prepare(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    public long? Number(string sql, params object?[] values)
    {
        lock (_lock)
        {
            using var command = Prepare(sql, values);
            return command.ExecuteScalar() as long?;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A transaction inside another is part of it.</remarks>
    public T Transaction<T>(Func<T> work)
    {
        lock (_lock)
        {
            return _transaction is null ? Begin(IsolationLevel.ReadCommitted, () => Fenced(work)) : work();
        }
    }

    /// <inheritdoc/>
    public T Together<T>(Func<T> read)
    {
        lock (_lock)
        {
            return _transaction is null ? Begin(IsolationLevel.RepeatableRead, read) : read();
        }
    }

    /// <summary>Copies rows in the binary format.</summary>
    public void Copy(string sql, Action<NpgsqlBinaryImporter> write)
    {
        lock (_lock)
        {
            Connect();
            using var importer = _connection.BeginBinaryImport(sql);
            write(importer);
            importer.Complete();
        }
    }

    /// <summary>Waits until something is notified on the channel, at most for a time.</summary>
    public void WaitForNews(TimeSpan most)
    {
        lock (_lock)
        {
            Connect();
            _connection.Wait(most);
        }
    }

    /// <summary>Makes text of anything that PostgreSQL takes: it knows no U+0000 and no half of a character.</summary>
    public static string Clean(string text) =>
        text.Any(c => c == '\0' || char.IsSurrogate(c)) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD') : text;

    public void Dispose()
    {
        lock (_lock)
        {
            _connection.Dispose();
        }
    }

    private T Fenced<T>(Func<T> work)
    {
        _atBegin?.Invoke(this);
        return work();
    }

    private T Begin<T>(IsolationLevel level, Func<T> work)
    {
        Connect();
        // Disposing without a commit undoes it, also where the session is gone.
        using var transaction = _connection.BeginTransaction(level);
        _transaction = transaction;
        try
        {
            var result = work();
            transaction.Commit();
            return result;
        }
        finally
        {
            _transaction = null;
        }
    }

    private void Connect()
    {
        if (_connection.State == ConnectionState.Open || _transaction is not null)
        {
            return;
        }

        _connection.Close();
        _connection.Open();
        Durability.Demand(this);
        if (_listen is not null)
        {
            Execute("LISTEN " + _listen);
        }
    }

    private NpgsqlCommand Prepare(string sql, object?[] values)
    {
        Connect();
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value switch { string text => Clean(text), ReadOnlyMemory<byte> bytes => bytes.ToArray(), _ => value ?? DBNull.Value } });
        }

        return command;
    }
}
