namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>
/// The tables in PostgreSQL: those of the evidence file under the same names, <c>incoming</c> for what has no index yet, and <c>sequencer</c> for
/// the term of the one that gives indexes. Observations are partitioned by month; the default partition takes instants of unbelievable clocks.
/// </summary>
internal static class PostgresSchema
{
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE IF NOT EXISTS incoming(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch uuid NOT NULL, place integer NOT NULL, kind smallint NOT NULL, topic text NOT NULL,
            reason text, detail text, bytes bytea NOT NULL, waited bigint, attested boolean NOT NULL DEFAULT false, received_at bigint NOT NULL, landing smallint, problem text);
        CREATE INDEX IF NOT EXISTS incoming_waiting ON incoming(id) WHERE landing IS NULL;
        CREATE INDEX IF NOT EXISTS incoming_batch ON incoming(batch, place);
        CREATE TABLE IF NOT EXISTS sequencer(id integer PRIMARY KEY CHECK(id = 1), term bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS evidence(
            idx bigint PRIMARY KEY, station text NOT NULL, run bytea NOT NULL, sequence bigint NOT NULL, digest bytea NOT NULL UNIQUE,
            envelope bytea NOT NULL, received_at bigint NOT NULL, standing text NOT NULL CHECK(standing IN ('new', 'fork')), unmapped text);
        CREATE INDEX IF NOT EXISTS evidence_identity ON evidence(station, run, sequence);
        CREATE TABLE IF NOT EXISTS log(id integer PRIMARY KEY CHECK(id = 1), size bigint NOT NULL, peaks bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS run(
            station text NOT NULL, run bytea NOT NULL, first_idx bigint NOT NULL, covered text NOT NULL,
            previous_run bytea, previous_sequence bigint, previous_digest bytea, PRIMARY KEY(station, run));
        CREATE TABLE IF NOT EXISTS loss(
            idx bigint PRIMARY KEY, station text NOT NULL, run bytea NOT NULL, first bigint NOT NULL, last bigint NOT NULL, count bigint NOT NULL, reason text NOT NULL);
        CREATE TABLE IF NOT EXISTS fork(
            station text NOT NULL, run bytea NOT NULL, sequence bigint NOT NULL, first_idx bigint NOT NULL, second_idx bigint NOT NULL, PRIMARY KEY(station, run, sequence));
        CREATE TABLE IF NOT EXISTS rollback(
            station text NOT NULL, run bytea NOT NULL, previous_run bytea NOT NULL, kind text NOT NULL, said bigint NOT NULL, held bigint NOT NULL, PRIMARY KEY(station, run));
        CREATE TABLE IF NOT EXISTS observation(idx bigint NOT NULL, station text NOT NULL, instant bigint NOT NULL, payload bytea NOT NULL, PRIMARY KEY(idx, instant)) PARTITION BY RANGE(instant);
        CREATE TABLE IF NOT EXISTS observation_other PARTITION OF observation DEFAULT;
        CREATE INDEX IF NOT EXISTS observation_time ON observation(station, instant);
        CREATE TABLE IF NOT EXISTS station_last(
            station text PRIMARY KEY, idx bigint NOT NULL, run bytea NOT NULL, sequence bigint NOT NULL, wall bigint, clock bigint, clock_error bigint, received_at bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS pending(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key_id bytea NOT NULL, station text NOT NULL, digest bytea NOT NULL UNIQUE, envelope bytea NOT NULL, topic text NOT NULL, received_at bigint NOT NULL);
        CREATE INDEX IF NOT EXISTS pending_key ON pending(key_id);
        CREATE TABLE IF NOT EXISTS dead_letter(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, reason text NOT NULL, detail text NOT NULL, topic text NOT NULL, size bigint NOT NULL, bytes bytea NOT NULL, received_at bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS raw(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, digest bytea NOT NULL UNIQUE, bytes bytea NOT NULL, source text NOT NULL, received_at bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS attested(
            station text NOT NULL, parameter text NOT NULL, instrument text NOT NULL, sampled_to bigint NOT NULL, said text NOT NULL, idx bigint NOT NULL,
            PRIMARY KEY(station, parameter, instrument, sampled_to));
        CREATE INDEX IF NOT EXISTS attested_time ON attested(station, sampled_to);
        CREATE TABLE IF NOT EXISTS restored(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, restored_at bigint NOT NULL, size bigint NOT NULL, root bytea NOT NULL);
        """,
    ];

    /// <summary>Brings the tables of the evidence forward to the newest version; several workers may start at once.</summary>
    public static void Prepare(PostgresDatabase database) => Prepare(database, "evidence", Versions);

    /// <summary>
    /// Brings a part of the tables forward to the newest version. Table <c>schema_part</c> tells how many versions each part has; what is added
    /// to a list stays there for ever, because databases of every version are about.
    /// </summary>
    /// <exception cref="IOException">A newer program has brought the tables further than this one knows.</exception>
    public static void Prepare(PostgresDatabase database, string part, IReadOnlyList<string> versions) => database.Transaction(() =>
    {
        AdvisoryLocks.Take(AdvisoryLocks.Schema)(database);
        database.Execute("CREATE TABLE IF NOT EXISTS schema_part(part text PRIMARY KEY, version integer NOT NULL)");
        var version = (int)database.Query("SELECT version FROM schema_part WHERE part = $1", row => row.GetInt32(0), part).FirstOrDefault();
        if (version > versions.Count)
        {
            throw new IOException($"{database.Place} has version {version} of the tables of the {part}; this program knows {versions.Count}. Run the program that wrote it, or a newer one.");
        }

        // Even where it changes nothing, such a statement waits for whoever writes to its table, and holds up whoever comes after: none runs without need.
        foreach (var statement in versions.Skip(version).SelectMany(sql => sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries)))
        {
            database.Execute(statement);
        }

        return database.Execute("INSERT INTO schema_part(part, version) VALUES($1, $2) ON CONFLICT(part) DO UPDATE SET version = excluded.version", part, versions.Count);
    });
}

/// <summary>The first keys of the advisory locks; the second is the schema, so that two stores of one database do not meet.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Held while tables are made.</summary>
    public const int Schema = 0x57_57_00_01;

    /// <summary>Held by the sequencer.</summary>
    public const int Sequencer = 0x57_57_00_02;

    /// <summary>Held while the registry is changed.</summary>
    public const int Registry = 0x57_57_00_03;

    /// <summary>Held by the service that publishes receipts and decides.</summary>
    public const int Service = 0x57_57_00_04;

    /// <summary>Waits for a lock and holds it to the end of the transaction.</summary>
    public static Action<PostgresDatabase> Take(int key) => database => database.Execute("SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))", key);

    /// <summary>Takes a lock for the session; false while another session has it.</summary>
    public static bool TryHold(PostgresDatabase database, int key) =>
        database.Query("SELECT pg_try_advisory_lock($1, hashtext(current_schema()))", row => row.GetBoolean(0), key)[0];
}
