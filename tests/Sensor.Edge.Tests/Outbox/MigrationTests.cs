using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Outbox;

/// <summary>An outbox of version 1, which a station in the field may still have: records of version 1 in the tables as they were released.</summary>
public sealed class MigrationTests : IDisposable
{
    /// <summary>The tables of version 1. Never edited: it is what was released.</summary>
    private const string Version1 = """
        CREATE TABLE station (one INTEGER PRIMARY KEY CHECK (one = 1), deployment TEXT NOT NULL, station TEXT NOT NULL, key BLOB NOT NULL) STRICT;
        CREATE TABLE run (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, first INTEGER NOT NULL, configuration BLOB NOT NULL, orderly INTEGER NOT NULL) STRICT;
        CREATE TABLE record (position INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, sequence INTEGER NOT NULL, digest BLOB NOT NULL, envelope BLOB NOT NULL, UNIQUE (run, sequence)) STRICT;
        CREATE TABLE driver (instrument TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE receipt (operator TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run, through INTEGER NOT NULL, covered BLOB NOT NULL, time INTEGER NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (operator, run)) STRICT, WITHOUT ROWID;
        CREATE TABLE seen (operator TEXT PRIMARY KEY, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;
        PRAGMA application_id = 1465347938;
        PRAGMA user_version = 1;
        """;

    private static readonly string[] Tables = ["station", "run", "record", "driver", "receipt", "seen"];

    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly SigningKey _operator = SigningKey.Create();

    private StationConfiguration Configuration => Some.Configuration(_folder, [("anhui", _operator)]);

    public void Dispose()
    {
        _key.Dispose();
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Open_Version1_KeepsEveryRecordAndGoesOn()
    {
        var before = MakeVersion1();
        using (var outbox = Some.Outbox(Configuration, _key))
        {
            Assert.Null(outbox.Salvaged);
            Assert.Equal("line 3", outbox.PositionOf("archive"));
            outbox.Append(Some.Body(9));
        }

        var after = Chain.Verified(Configuration.OutboxFile, _key.Public);
        Assert.Equal(before, after.SkipLast(2).Select(r => r.Digest));
        Assert.Equal(2L, Scalar("PRAGMA user_version"));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM removed"));
    }

    [Fact]
    public void Open_Version1Twice_IsMigratedOnce()
    {
        var before = MakeVersion1();
        Some.Outbox(Configuration, _key).Dispose();
        Some.Outbox(Configuration, _key).Dispose();
        Assert.Equal(before.Count + 2, Chain.Verified(Configuration.OutboxFile, _key.Public).Count);
    }

    /// <summary>Signs with this version, whose records are those of version 1, and carries the rows into tables as they were.</summary>
    private List<Digest> MakeVersion1()
    {
        using (var outbox = Some.Outbox(Configuration, _key))
        {
            for (var i = 1; i <= 3; i++)
            {
                outbox.Append(Some.Body(i), new DriverPosition("archive", $"line {i}"));
            }
        }

        var made = Configuration.OutboxFile + ".made";
        File.Move(Configuration.OutboxFile, made);
        Run(Version1);
        Run($"ATTACH '{made}' AS made; " + string.Concat(Tables.Select(table => $"INSERT INTO {table} SELECT * FROM made.{table};")));
        File.Delete(made);
        Assert.Equal((1L, 0L), (Scalar("PRAGMA user_version"), Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'removed'")));
        return [.. Chain.Verified(Configuration.OutboxFile, _key.Public).Select(r => r.Digest)];
    }

    private void Run(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var connection = Connect();
        return connection.Scalar(sql);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Configuration.OutboxFile};Pooling=False");
        connection.Open();
        return connection;
    }
}
