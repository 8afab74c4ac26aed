using Microsoft.Data.Sqlite;
using Npgsql;

namespace WaterWatch.Bench.Size;

/// <summary>What a store takes, in bytes.</summary>
/// <param name="Total">Everything, free pages included.</param>
/// <param name="Parts">In PostgreSQL each table with its indexes; in SQLite, which does not tell that, the two columns that hold most.</param>
internal sealed record StoredSize(long Total, IReadOnlyList<(string Name, long Bytes)> Parts)
{
    private const string OfPostgres = """
        SELECT coalesce(p.inhparent::regclass::text, c.relname), sum(pg_total_relation_size(c.oid))::bigint
        FROM pg_class c LEFT JOIN pg_inherits p ON p.inhrelid = c.oid WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace GROUP BY 1 ORDER BY 2 DESC
        """;

    private const string OfSqlite = """
        SELECT 'evidence.envelope', sum(length(envelope)) FROM evidence UNION ALL SELECT 'observation.payload', sum(length(payload)) FROM observation
        """;

    /// <summary>Measures a SQLite file whose write-ahead log was taken in.</summary>
    public static StoredSize InSqlite(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = OfSqlite;
        using var rows = command.ExecuteReader();
        var parts = new List<(string, long)>();
        while (rows.Read())
        {
            parts.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return new StoredSize(new FileInfo(path).Length, parts);
    }

    /// <summary>The bytes of the pages of a SQLite file that hold nothing and take what comes next.</summary>
    public static long FreeInSqlite(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return Pragma(connection, "freelist_count") * Pragma(connection, "page_size");
    }

    private static long Pragma(SqliteConnection connection, string name)
    {
        using var command = new SqliteCommand("PRAGMA " + name, connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Measures the tables of the current schema of a database.</summary>
    public static StoredSize InPostgres(string text)
    {
        using var connection = new NpgsqlConnection(text);
        connection.Open();
        using var command = new NpgsqlCommand(OfPostgres, connection);
        using var rows = command.ExecuteReader();
        var parts = new List<(string, long)>();
        while (rows.Read())
        {
            parts.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return new StoredSize(parts.Sum(t => t.Item2), parts);
    }
}
