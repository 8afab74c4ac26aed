using System.Globalization;
using Microsoft.Data.Sqlite;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Projection;

/// <summary>What the projection remembers between two starts: how far it is, what was said about each water, and which waters must still be written.</summary>
/// <remarks>Thread-safe, also beside another process.</remarks>
internal sealed class ProjectionStore : IDisposable
{
    private const string OfWater = "generation = $1 AND station = $2 AND parameter = $3 AND sampled = $4 AND instrument = $5";
    private readonly Database _database;

    private ProjectionStore(Database database) => _database = database;

    public static ProjectionStore Open(string dataDirectory) =>
        new(Database.OpenForWriting(Path.Combine(dataDirectory, "influx.db"), ProjectionSchema.Sql));

    /// <summary>The generation that dashboards read; null before the first.</summary>
    public Generation? Current() => Read("state = 'current'").LastOrDefault();

    /// <summary>One generation; null where it was given up.</summary>
    public Generation? Find(long number) => Read("number = $1", number).SingleOrDefault();

    /// <summary>Every generation.</summary>
    public IReadOnlyList<Generation> All() => Read("true");

    /// <summary>Enters an empty generation.</summary>
    public Generation Add(long number, bool current)
    {
        var marker = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        _database.Execute("INSERT INTO generation(number, marker, state, taken, written) VALUES($1, $2, $3, -1, -1)", number, marker, current ? "current" : "building");
        return new Generation(number, marker, -1, -1);
    }

    /// <summary>Makes one generation the current one and forgets the older ones.</summary>
    public void Switch(long number)
    {
        _database.Execute("UPDATE generation SET state = CASE WHEN number = $1 THEN 'current' ELSE 'building' END", number);
        All().Where(g => g.Number < number).ToList().ForEach(g => Forget(g.Number));
    }

    /// <summary>Forgets a generation, a piece at a time so that nobody else waits long for the file.</summary>
    public void Forget(long number)
    {
        _database.Execute("DELETE FROM generation WHERE number = $1", number);
        _database.Execute("DELETE FROM dirty WHERE generation = $1", number);
        const string Piece = "DELETE FROM statement WHERE generation = $1 AND (station, parameter, sampled) IN (SELECT station, parameter, sampled FROM statement WHERE generation = $1 LIMIT 5000)";
        while (_database.Execute(Piece, number) > 0)
        {
        }
    }

    /// <summary>Notes what rows of the evidence say and which waters must be written for it, in one transaction.</summary>
    public void Take(Generation generation, IReadOnlyList<EvidenceRow> rows, RegistrySnapshot registry) => _database.Transaction(() =>
    {
        foreach (var row in rows)
        {
            Take(generation.Number, row, registry);
        }

        return _database.Execute("UPDATE generation SET taken = $2 WHERE number = $1", generation.Number, rows[^1].Index);
    });

    /// <summary>Some of the waters that must be written.</summary>
    public IReadOnlyList<Water> Dirty(long generation, int limit) => _database.Query(
        "SELECT station, parameter, sampled, instrument FROM dirty WHERE generation = $1 LIMIT $2", row => WaterOf(row), generation, limit);

    /// <summary>What is said about a water by records that count.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="water">The water.</param>
    /// <param name="section">The section at which its points stand; empty for none.</param>
    /// <param name="any">How much was ever said, by forks too.</param>
    public IReadOnlyList<Statement> About(long generation, Water water, out string section, out int any)
    {
        var all = _database.Query(
            $"SELECT station, parameter, sampled, instrument, section, run, sequence, position, digits, missing, unit, flag, forked FROM statement WHERE {OfWater} ORDER BY idx",
            row => (Statement: StatementOf(row), Forked: row.GetInt64(12) == 1), Key(generation, water));
        section = all.Count == 0 ? "" : all[0].Statement.Section;
        any = all.Count;
        return [.. all.Where(s => !s.Forked).Select(s => s.Statement)];
    }

    /// <summary>The server has confirmed waters.</summary>
    public void Clean(long generation, IReadOnlyList<Water> waters) => _database.Transaction(() =>
        waters.Sum(water => _database.Execute($"DELETE FROM dirty WHERE {OfWater}", Key(generation, water))));

    /// <summary>The server has confirmed everything that was taken.</summary>
    public void Confirm(long generation) => _database.Execute("UPDATE generation SET written = taken WHERE number = $1 AND written <> taken", generation);

    /// <summary>Whether water is noted at another section than that at which the registry puts the station now.</summary>
    public bool IsMisplaced(long generation, RegistrySnapshot registry) => registry.Placements
        .GroupBy(p => p.Station, StringComparer.Ordinal)
        .Any(station => Spans([.. station]).Any(s => _database.Number(
            "SELECT 1 FROM statement WHERE generation = $1 AND station = $2 AND sampled >= $3 AND sampled < $4 AND section <> $5 LIMIT 1",
            generation, station.Key, s.From, s.To, s.Section) is not null));

    public void Dispose() => _database.Dispose();

    private void Take(long generation, EvidenceRow row, RegistrySnapshot registry)
    {
        var (station, run, sequence) = (row.Header.Station, row.Header.Run.ToArray(), row.Header.Sequence);
        foreach (var (reading, position) in row.Readings.Select((r, i) => (r, i)))
        {
            var water = new Water(station, reading.Parameter, reading.SampledTo, reading.Instrument);
            var said = Said.Of(reading);
            _database.Execute(
                "INSERT OR REPLACE INTO statement(generation, station, parameter, sampled, instrument, run, sequence, position, idx, section, digits, missing, unit, flag, forked) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                [.. Key(generation, water), run, sequence, position, row.Index, registry.SectionOf(station, reading.SampledTo) ?? "", said.Digits, said.Missing, said.Unit, said.Flag, 0]);
            _database.Execute("INSERT OR IGNORE INTO dirty VALUES($1, $2, $3, $4, $5)", Key(generation, water));
        }

        if (row.IsFork)
        {
            _database.Execute("UPDATE statement SET forked = 1 WHERE generation = $1 AND station = $2 AND run = $3 AND sequence = $4", generation, station, run, sequence);
            MarkDirty("generation = $1 AND station = $2 AND run = $3 AND sequence = $4", generation, station, run, sequence);
        }

        if (sequence == 1)
        {
            // A run that says where it belongs may change which of two statements is the later one.
            MarkDirty("generation = $1 AND station = $2 GROUP BY generation, station, parameter, sampled, instrument HAVING count(*) > 1", generation, station);
        }
    }

    private void MarkDirty(string where, params object?[] values) =>
        _database.Execute($"INSERT OR IGNORE INTO dirty SELECT generation, station, parameter, sampled, instrument FROM statement WHERE {where}", values);

    private List<Generation> Read(string where, params object?[] values) => _database.Query(
        $"SELECT number, marker, taken, written FROM generation WHERE {where} ORDER BY number",
        row => new Generation(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)), values);

    private static IEnumerable<(long From, long To, string Section)> Spans(IReadOnlyList<StationPlacement> placements)
    {
        long Begin(int i) => placements[i].From?.UnixMilliseconds ?? long.MinValue;
        yield return (long.MinValue, Begin(0), "");
        for (var i = 0; i < placements.Count; i++)
        {
            yield return (Begin(i), i + 1 < placements.Count ? Begin(i + 1) : long.MaxValue, placements[i].Section);
        }
    }

    private static object?[] Key(long generation, Water water) => [generation, water.Station, water.Parameter, water.Sampled.UnixMilliseconds, water.Instrument];

    private static Water WaterOf(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.Instant(2), row.GetString(3));

    private static Statement StatementOf(SqliteDataReader row) => new(
        WaterOf(row), row.GetString(4), row.Life(5), row.GetInt64(6), row.GetInt32(7), new Said(row.OptionalText(8), row.OptionalText(9), row.GetString(10), row.GetString(11)));
}
