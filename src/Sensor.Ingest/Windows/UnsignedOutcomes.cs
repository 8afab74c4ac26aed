using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Windows;

/// <summary>
/// The outcomes that nobody signed, standings and late findings, dropped to be computed anew. What was signed is never touched: whether it
/// still follows from the evidence is what the evaluation tells.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class UnsignedOutcomes(string dataDirectory) : IDisposable
{
    private static readonly (string Table, string Time)[] Tables = [("standing", "computed_at"), ("late_finding", "found_at")];
    private readonly Database _database = Database.OpenForWriting(Path.Combine(dataDirectory, "outcomes.db"), OutcomeSchema.Versions);
    private readonly List<(int Table, byte[] Digest, long At)> _times = [];

    /// <summary>Drops them and remembers when each was found.</summary>
    /// <returns>How many there were.</returns>
    public int Drop() => _database.Transaction(() =>
    {
        for (var i = 0; i < Tables.Length; i++)
        {
            _times.AddRange(_database.Query($"SELECT digest, {Tables[i].Time} FROM {Tables[i].Table}", row => (i, row.Bytes(0), row.GetInt64(1))));
        }

        return Tables.Sum(t => _database.Execute($"DELETE FROM {t.Table}"));
    });

    /// <summary>Gives those that came to the same bytes the time of the first time.</summary>
    /// <returns>How many came to the same bytes.</returns>
    public int KeepTimes() => _database.Transaction(() => _times.Sum(t =>
        _database.Execute($"UPDATE {Tables[t.Table].Table} SET {Tables[t.Table].Time} = $1 WHERE digest = $2", t.At, t.Digest)));

    public void Dispose() => _database.Dispose();
}
