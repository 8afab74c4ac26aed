using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace WaterWatch.Bench.Query;

/// <summary>The baseline: one thread reads the same rows from the file and does nothing with them.</summary>
internal static class RowsAlone
{
    public static AnswerTimes Read(FilledIngest filled, int seed, int answers)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = filled.Server.EvidenceFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT idx, payload FROM observation WHERE station = $1 ORDER BY idx";
        var station = select.Parameters.Add("$1", SqliteType.Text);
        var (random, times, bytes) = (new Random(seed), new List<double>(), 0L);
        for (var answer = 0; answer < answers; answer++)
        {
            station.Value = filled.Stations[random.Next(filled.Stations.Count)];
            var begun = Stopwatch.GetTimestamp();
            bytes = Bytes(select);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return new AnswerTimes("the rows alone, one thread, undecoded", [.. times.Order()], bytes);
    }

    private static long Bytes(SqliteCommand select)
    {
        using var reader = select.ExecuteReader();
        var bytes = 0L;
        while (reader.Read())
        {
            bytes += reader.GetFieldValue<byte[]>(1).Length;
        }

        return bytes;
    }
}
