using Microsoft.Data.Sqlite;

namespace Sensor.Edge.Outbox;

/// <summary>The positions whose records the outbox no longer holds.</summary>
/// <param name="Positions">All of them.</param>
/// <param name="Losses">The positions of the loss records that speak of those which were not receipted.</param>
internal sealed record RemovedRecords(RangeSet Positions, IReadOnlyList<long> Losses)
{
    /// <summary>In place of a loss record's position, where every operator had receipted what the space bound took.</summary>
    public const long ForSpace = 0;

    /// <summary>Likewise, where the age bound took it.</summary>
    public const long ForAge = -2;

    /// <summary>Likewise, where damage took it.</summary>
    public const long ForCorruption = -3;

    public static readonly RemovedRecords None = new(RangeSet.Empty, []);

    public static RemovedRecords Load(SqliteConnection connection)
    {
        var rows = connection.Rows(r => (First: r.GetInt64(0), Last: r.GetInt64(1), Loss: r.GetInt64(2)), "SELECT first, last, loss FROM removed ORDER BY first");
        return new RemovedRecords(
            rows.Aggregate(RangeSet.Empty, (set, row) => set.Add(row.First, row.Last)),
            [.. rows.Where(row => row.Loss > 0).Select(row => row.Loss).Distinct().Order()]);
    }

    /// <summary>Deletes records inside the caller's transaction.</summary>
    /// <param name="connection">The writer.</param>
    /// <param name="first">The first position.</param>
    /// <param name="last">The last position.</param>
    /// <param name="loss">The position of the record that says so; <see cref="ForSpace"/> or <see cref="ForAge"/> where every operator has receipted them.</param>
    public RemovedRecords Remove(SqliteConnection connection, long first, long last, long loss)
    {
        connection.Run("DELETE FROM record WHERE position BETWEEN $0 AND $1", first, last);
        if (connection.Run("UPDATE removed SET last = $1 WHERE last = $0 - 1 AND loss = $2", first, last, loss) == 0)
        {
            connection.Run("INSERT INTO removed (first, last, loss) VALUES ($0, $1, $2)", first, last, loss);
        }

        return new RemovedRecords(Positions.Add(first, last), loss > 0 ? [.. Losses, loss] : Losses);
    }
}
