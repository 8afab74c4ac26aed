using System.Collections.Concurrent;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Evidence.Postgres;

namespace Sensor.Ingest.Registry;

/// <summary>
/// The registry: dated rows, added and never changed, so that the command line can enrol while the service runs. It is a file of its own, or
/// tables beside the evidence in PostgreSQL, where every worker reads it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RegistryStore : IDisposable
{
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE IF NOT EXISTS placement(id INTEGER PRIMARY KEY, station TEXT NOT NULL, section TEXT NOT NULL, valid_from INTEGER, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS station_key(id INTEGER PRIMARY KEY, station TEXT NOT NULL, key_id BLOB NOT NULL UNIQUE, public_key BLOB NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS revocation(id INTEGER PRIMARY KEY, key_id BLOB NOT NULL UNIQUE, revoked_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL);
        """,
        "ALTER TABLE station_key ADD COLUMN trust TEXT NOT NULL DEFAULT 'device' CHECK(trust IN ('device', 'attested'))",
    ];

    // The registry is read anew with every change, and of all that is in it a key costs most to take from its bytes.
    private readonly ConcurrentDictionary<Digest, PublicKey> _keys = [];
    private readonly ISqlDatabase _database;
    private readonly TimeProvider _time;

    private RegistryStore(ISqlDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Opens the registry of a data directory.</summary>
    public static RegistryStore Open(string dataDirectory, TimeProvider time) =>
        new(Database.OpenForWriting(Path.Combine(dataDirectory, "registry.db"), Versions), time);

    /// <summary>Opens the registry where the configuration has it.</summary>
    public static RegistryStore Open(IngestConfiguration configuration, TimeProvider time) => configuration.Store is PostgresStore postgres
        ? new(PostgresRegistry.Open(PostgresSettings.ConnectionString(postgres)), time)
        : Open(configuration.DataDirectory, time);

    /// <summary>How many rows were ever added: it changes with every change.</summary>
    public long Version => _database.Number("SELECT (SELECT count(*) FROM placement) + (SELECT count(*) FROM station_key) + (SELECT count(*) FROM revocation)") ?? 0;

    /// <summary>Enters a station, its section and its key; what is there already is not entered twice.</summary>
    /// <exception cref="ArgumentException">An id is not well-formed, the key belongs to another station, or the station has keys of another trust.</exception>
    public void Enroll(string station, string section, PublicKey key, Instant? from, string by, Trust trust = Trust.Device)
    {
        if (!Names.IsStation(station) || !Names.IsSection(section))
        {
            throw new ArgumentException(Names.IsStation(station)
                ? $"'{section}' is not the name of a section: 1 to 64 characters without control characters, no space at either end."
                : $"'{station}' is not a station id: 1 to 32 capital letters, digits and -.");
        }

        _database.Transaction(() =>
        {
            DemandOneTrust(station, trust);
            EnterKey(station, key, by, trust);
            if (Load().Placements.LastOrDefault(p => p.Station == station && p.From == from)?.Section != section)
            {
                _database.Execute("INSERT INTO placement(station, section, valid_from, recorded_at, recorded_by) VALUES($1, $2, $3, $4, $5)", station, section, from?.UnixMilliseconds, Now, by);
            }

            return true;
        });
    }

    /// <summary>Refuses what newly arrives under a key from a moment on.</summary>
    /// <exception cref="ArgumentException">The key is not enrolled or revoked already.</exception>
    public void Revoke(Digest keyId, Instant from, string by)
    {
        if (!Load().TryFindKey(keyId, out var entry, out _) || entry.RevokedAt is not null)
        {
            throw new ArgumentException(entry?.RevokedAt is { } at ? $"The key {keyId} is revoked since {at}." : $"No key {keyId} is enrolled.");
        }

        _database.Execute("INSERT INTO revocation(key_id, revoked_at, recorded_at, recorded_by) VALUES($1, $2, $3, $4)", keyId.ToArray(), from.UnixMilliseconds, Now, by);
    }

    /// <summary>Keeps the newest registry at hand and notices what others enter.</summary>
    /// <param name="changed">Called after every change, on any thread.</param>
    /// <param name="time">The clock of the look-ups.</param>
    public StoreWatch<RegistrySnapshot> Watch(Action changed, TimeProvider time) => new(() => Version, Load, changed, time);

    /// <summary>The registry as it stands now.</summary>
    public RegistrySnapshot Load() => LoadAt(long.MaxValue);

    /// <summary>The registry with a digest, as it stands or once stood; null where it never did. It goes by the times of entering: rows of one millisecond, or of a clock that was set back, are not told apart.</summary>
    public RegistrySnapshot? Find(Digest digest) => _database
        .Query("SELECT recorded_at FROM placement UNION SELECT recorded_at FROM station_key UNION SELECT recorded_at FROM revocation ORDER BY recorded_at DESC", row => row.GetInt64(0))
        .Prepend(long.MaxValue).Select(LoadAt).FirstOrDefault(registry => registry.Digest == digest);

    private RegistrySnapshot LoadAt(long moment)
    {
        var placements = _database.Query(
            "SELECT station, section, valid_from, recorded_by FROM placement WHERE recorded_at <= $1 ORDER BY id",
            row => new StationPlacement(row.GetString(0), row.GetString(1), row.OptionalNumber(2) is { } from ? new Instant(from) : null, row.GetString(3)),
            moment);
        var keys = _database.Query(
            "SELECT k.station, k.key_id, k.public_key, r.revoked_at, k.trust FROM station_key k LEFT JOIN revocation r ON r.key_id = k.key_id AND r.recorded_at <= $1 WHERE k.recorded_at <= $1 ORDER BY k.id",
            row => (new StationKey(row.GetString(0), row.Digest(1), row.OptionalNumber(3) is { } at ? new Instant(at) : null) { Trust = row.GetString(4) == "attested" ? Trust.Attested : Trust.Device }, KeyOf(row.Bytes(2))),
            moment);
        return new RegistrySnapshot(placements, keys);
    }

    public void Dispose() => _database.Dispose();

    private PublicKey KeyOf(byte[] der) => _keys.GetOrAdd(Digest.Of(der), _ => PublicKey.FromSubjectPublicKeyInfo(der));

    private long Now => Instant.From(_time.GetUtcNow()).UnixMilliseconds;

    private void DemandOneTrust(string station, Trust trust)
    {
        if (Load().Keys.FirstOrDefault(k => k.Station == station) is { } held && held.Trust != trust)
        {
            throw new ArgumentException($"{station} is enrolled as {Word(held.Trust)}, not {Word(trust)}; give what is imported a station id of its own.");
        }
    }

    private static string Word(Trust trust) => trust == Trust.Attested ? "attested" : "device";

    private void EnterKey(string station, PublicKey key, string by, Trust trust)
    {
        var entered = _database.Execute(
            "INSERT INTO station_key(station, key_id, public_key, recorded_at, recorded_by, trust) VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(key_id) DO NOTHING",
            station, key.Id.ToArray(), key.SubjectPublicKeyInfo.ToArray(), Now, by, Word(trust));
        if (entered == 0 && Load().Keys.Single(k => k.KeyId == key.Id).Station is var owner && owner != station)
        {
            throw new ArgumentException($"The key {key.Id} is enrolled for {owner}; every station has a key of its own.");
        }
    }
}
