using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Alerts;

/// <summary>Alerts, how far the evidence was judged, and how new the newest judged water is of each series, in one file and one transaction.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AlertStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS cursor(id INTEGER PRIMARY KEY CHECK(id = 1), idx INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS newest(station TEXT NOT NULL, parameter TEXT NOT NULL, instrument TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY(station, parameter, instrument)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS alert(
            id INTEGER PRIMARY KEY, rule TEXT NOT NULL, section TEXT NOT NULL, station TEXT NOT NULL, parameter TEXT NOT NULL, instrument TEXT NOT NULL, time INTEGER NOT NULL,
            flag INTEGER NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL, late INTEGER NOT NULL, raised_at INTEGER NOT NULL, UNIQUE(rule, section, station, parameter, instrument, time));
        """;

    private readonly Database _database;

    private AlertStore(Database database) => _database = database;

    /// <summary>Opens the file of a data directory.</summary>
    /// <param name="dataDirectory">The folder.</param>
    /// <param name="last">The last index of the evidence now: a new file begins behind it, because nobody waits for alerts of the past; a restored log goes on from it.</param>
    public static AlertStore Open(string dataDirectory, long last)
    {
        var store = new AlertStore(Database.OpenForWriting(Path.Combine(dataDirectory, "alerts.db"), Schema));
        store._database.Execute("INSERT INTO cursor(id, idx) VALUES(1, $1) ON CONFLICT(id) DO UPDATE SET idx = min(idx, excluded.idx)", last);
        return store;
    }

    /// <summary>The index of the evidence up to which everything was judged.</summary>
    public long Cursor => _database.Number("SELECT idx FROM cursor") ?? -1;

    /// <summary>When the newest water was taken that was judged of a series; null before the first.</summary>
    public Instant? Newest(string station, string parameter, string instrument) =>
        _database.Number("SELECT time FROM newest WHERE station = $1 AND parameter = $2 AND instrument = $3", station, parameter, instrument) is { } time ? new Instant(time) : null;

    /// <summary>Stores what a stretch of the evidence came to.</summary>
    /// <param name="cursor">The last index of it.</param>
    /// <param name="newest">The newest water of each series in it.</param>
    /// <param name="alerts">What was found.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>The alerts that were not there already.</returns>
    public IReadOnlyList<Alert> Take(long cursor, IReadOnlyDictionary<(string Station, string Parameter, string Instrument), Instant> newest, IEnumerable<Alert> alerts, Instant now) => _database.Transaction(() =>
    {
        foreach (var (series, time) in newest)
        {
            _database.Execute(
                "INSERT INTO newest(station, parameter, instrument, time) VALUES($1, $2, $3, $4) ON CONFLICT DO UPDATE SET time = max(time, excluded.time)",
                series.Station, series.Parameter, series.Instrument, time.UnixMilliseconds);
        }

        _database.Execute("UPDATE cursor SET idx = $1", cursor);
        return alerts.Where(alert => Add(alert, now)).ToList();
    });

    /// <summary>The alerts that were raised last, newest first.</summary>
    public IReadOnlyList<Alert> Last(int limit) => _database.Query(
        "SELECT rule, section, station, parameter, instrument, time, flag, en, zh, late, raised_at FROM alert ORDER BY id DESC LIMIT $1",
        row => new Alert(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Instant(5), (int)row.GetInt64(6), row.GetString(7), row.GetString(8), row.GetInt64(9) == 1)
        {
            RaisedAt = row.Instant(10),
        },
        limit);

    public void Dispose() => _database.Dispose();

    private bool Add(Alert alert, Instant now) => _database.Execute(
        "INSERT INTO alert(rule, section, station, parameter, instrument, time, flag, en, zh, late, raised_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
        alert.Rule, alert.Section, alert.Station, alert.Parameter, alert.Instrument, alert.Time.UnixMilliseconds, alert.Flag, alert.En, alert.Zh, alert.Late ? 1 : 0, now.UnixMilliseconds) == 1;
}
