using Microsoft.Data.Sqlite;
using Sensor.Contracts.Keys;

namespace Sensor.Edge.Outbox;

/// <summary>
/// Goes on from a damaged outbox: puts its files aside unchanged, and makes a new one that holds every record that is whole.
/// </summary>
internal sealed class Salvage(string file, PublicKey key)
{
    /// <summary>Such as a table that is not there.</summary>
    private const int Error = 1;
    private const int ReadError = 10;

    /// <summary>Such as a receipt of a run whose row is lost.</summary>
    private const int Constraint = 19;

    private static readonly string[] Parts = ["", "-wal", "-shm"];

    private string Salvaged => file + ".salvaged";

    /// <summary>Salvages from a copy of the files, because reading may change them, and puts them aside.</summary>
    /// <returns>For the log: what was damaged, where it is now, how much was saved.</returns>
    /// <exception cref="SqliteException">What was saved cannot be written; the damaged files are where they were.</exception>
    public string Run(string damage, DateTimeOffset now)
    {
        var aside = $"{file}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..4]}";
        Delete(Salvaged);
        var records = SaveFromCopy(file + ".copy");
        foreach (var part in Parts.Where(part => File.Exists(file + part)))
        {
            File.Move(file + part, aside + part);
        }

        Finish();
        return $"The outbox was damaged: {damage} Its files are kept as {aside}; send them to the operators, they may hold records that nobody has. Records that were whole and are kept: {records}.";
    }

    /// <summary>Puts what was saved in its place, also at the next start when the power failed just before.</summary>
    public void Finish()
    {
        if (!File.Exists(file) && File.Exists(Salvaged))
        {
            File.Move(Salvaged, file);
        }
    }

    /// <summary>Whether a row cannot be read because the file is damaged.</summary>
    public static bool IsUnreadable(SqliteException e) => e.SqliteErrorCode is Error or ReadError or Constraint || OutboxDatabase.IsDamage(e);

    private long SaveFromCopy(string copy)
    {
        Delete(copy);
        foreach (var part in Parts.Where(part => File.Exists(file + part)))
        {
            File.Copy(file + part, copy + part);
        }

        using var writer = OutboxDatabase.OpenWriter(Salvaged);
        using var transaction = writer.BeginTransaction();
        var records = Read(copy, writer);
        transaction.Commit();
        Delete(copy);
        return records;
    }

    private static void Delete(string database) => Array.ForEach(Parts, part => File.Delete(database + part));

    private long Read(string copy, SqliteConnection writer)
    {
        var chain = new SalvagedChain(writer, key);
        try
        {
            using var reader = new SqliteConnection($"Data Source={copy};Pooling=False");
            reader.Open();
            CopyRows(reader, writer, "station", "one, deployment, station, key");
            CopyRows(reader, writer, "run", "number, id, first, configuration, orderly");
            CopyRows(reader, writer, "removed", "first, last, loss");
            chain.Take(reader);
            if (chain.Unbroken)
            {
                // Behind a gap a driver must give again what it can; a reading that an operator holds already counts once.
                CopyRows(reader, writer, "driver", "instrument, position");
            }

            CopyRows(reader, writer, "seen", "operator, digest");
            CopyRows(reader, writer, "receipt", "operator, run, through, covered, time, envelope");
        }
        catch (SqliteException e) when (IsUnreadable(e))
        {
            // What could be read before it is kept.
        }

        chain.Trim();
        return chain.Records;
    }

    private static void CopyRows(SqliteConnection from, SqliteConnection to, string table, string columns)
    {
        var count = columns.Split(',').Length;
        var places = string.Join(", ", Enumerable.Range(0, count).Select(i => "$" + i));
        foreach (var row in from.Rows(r => Enumerable.Range(0, count).Select(r.GetValue).ToArray(), $"SELECT {columns} FROM {table}"))
        {
            to.Run($"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})", row);
        }
    }
}
