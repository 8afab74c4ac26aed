using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sensor.Ingest.Evidence;

/// <summary>A statement that gives no rows, kept prepared and bound by place: the rows of a backlog come by the thousand, and each would make its parameters anew.</summary>
/// <remarks>For use within a transaction: it does not wait for the lock of the file. One thread at a time.</remarks>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;

    /// <param name="connection">The connection, which outlives the statement.</param>
    /// <param name="sql">One statement; its parameters are $1, $2 and so on.</param>
    /// <param name="parameters">How many it has.</param>
    /// <exception cref="SqliteException">SQLite does not understand it.</exception>
    public PreparedStatement(sqlite3 connection, string sql, int parameters)
    {
        _connection = connection;
        Demand(raw.sqlite3_prepare_v2(connection, sql, out _statement));

        // SQLite numbers parameters as they appear, not by their names.
        _places = [.. Enumerable.Range(1, parameters).Select(i => raw.sqlite3_bind_parameter_index(_statement, $"${i}"))];
    }

    /// <summary>Runs it.</summary>
    /// <param name="values">Whole numbers, texts, bytes or null, one for each parameter.</param>
    /// <returns>How many rows it touched.</returns>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Run(object?[] values)
    {
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                Demand(Bind(_places[i], values[i]));
            }

            Demand(raw.sqlite3_step(_statement));
            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            // What it says was said by the step already.
            _ = raw.sqlite3_reset(_statement);
            _ = raw.sqlite3_clear_bindings(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        string text => raw.sqlite3_bind_text(_statement, place, text),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        ReadOnlyMemory<byte> bytes => raw.sqlite3_bind_blob(_statement, place, bytes.Span),
        _ => throw new ArgumentException($"{value.GetType().Name} is not kept in a column.", nameof(value)),
    };

    private void Demand(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }
}
