using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Ingest;

/// <summary>What the ingest is compared with: the same messages through the same broker to somebody who does less.</summary>
internal static class BaselineRounds
{
    /// <summary>The seconds until a subscriber that does nothing has taken every message.</summary>
    public static double Forward(Load load) => Run(load, (_, _) => { });

    /// <summary>The seconds until a subscriber has inserted every message into SQLite, each a transaction of its own that survives a loss of power.</summary>
    public static double Insert(Load load)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-bench-");
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "messages.db"), Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE message(id INTEGER PRIMARY KEY, topic TEXT NOT NULL, payload BLOB NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO message(topic, payload) VALUES($1, $2)";
        var (topicOf, payloadOf) = (insert.Parameters.Add("$1", SqliteType.Text), insert.Parameters.Add("$2", SqliteType.Blob));
        var seconds = Run(load, (topic, payload) =>
        {
            (topicOf.Value, payloadOf.Value) = (topic, payload.ToArray());
            insert.ExecuteNonQuery();
        });
        connection.Close();
        folder.Delete(recursive: true);
        return seconds;
    }

    private static double Run(Load load, Action<string, ReadOnlyMemory<byte>> handle)
    {
        using var broker = MosquittoServer.Start();
        using var subscriber = new Subscriber(broker.Port, "bench-subscriber", [Topics.AllRecords, Topics.AllBacklog], handle);
        var watch = Stopwatch.StartNew();
        Publishing.Run(broker.Port, load, () => subscriber.Failure is { } failure ? throw new IOException("the subscriber ended", failure) : subscriber.Taken, default);
        if (!SpinWait.SpinUntil(() => subscriber.Taken == load.Messages.Count, TimeSpan.FromMinutes(5)))
        {
            throw new TimeoutException($"{load.Messages.Count - subscriber.Taken} messages did not arrive");
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
