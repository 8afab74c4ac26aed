using Microsoft.Data.Sqlite;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Windows;

/// <summary>The outcomes of one operator: signed versions that supersede each other and are never changed, and unsigned standings.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OutcomeStore(Database database, ISigner key, TimeProvider time) : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS outcome(
            id INTEGER PRIMARY KEY, agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, window_from INTEGER NOT NULL, window_to INTEGER NOT NULL,
            digest BLOB NOT NULL UNIQUE, verdict BLOB NOT NULL, document BLOB NOT NULL, jws TEXT NOT NULL, supersedes BLOB, issued_at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS outcome_window ON outcome(agreement, section, window);
        CREATE TABLE IF NOT EXISTS latest(agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY(agreement, section, window)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS standing(
            agreement TEXT NOT NULL, section TEXT NOT NULL, window TEXT NOT NULL, window_from INTEGER NOT NULL, window_to INTEGER NOT NULL,
            digest BLOB NOT NULL, verdict BLOB NOT NULL, document BLOB NOT NULL, computed_at INTEGER NOT NULL, PRIMARY KEY(agreement, section, window)) WITHOUT ROWID;
        """;

    private const string OutcomeColumns = "o.agreement, o.section, o.window, o.window_from, o.window_to, o.digest, o.verdict, o.document, o.issued_at, o.jws, o.supersedes";

    /// <summary>Opens or makes the store of a data directory.</summary>
    public static OutcomeStore Open(string dataDirectory, ISigner key, TimeProvider time) =>
        new(Database.OpenForWriting(Path.Combine(dataDirectory, "outcomes.db"), Schema), key, time);

    /// <summary>Stores what one evaluation came to, where it differs from what stands; whoever asks sees all of it or none.</summary>
    /// <returns>What was new.</returns>
    public IReadOnlyList<Outcome> Take(IReadOnlyList<Outcome> computed) =>
        database.Transaction(() => computed.Where(outcome => outcome.State == OutcomeState.Open ? Stand(outcome) : Issue(outcome)).ToList());

    /// <summary>Lets nothing stand for windows that an agreement no longer has, as after an amendment that splits one; what was signed is kept.</summary>
    /// <returns>How many no longer stand.</returns>
    public int Retire(IEnumerable<AgreementHistory> agreements) => database.Transaction(() => agreements.Sum(Retire));

    /// <summary>The outcome that stands for each window, by agreement, section and window.</summary>
    public IReadOnlyList<IssuedOutcome> Latest() =>
        database.Query($"SELECT {OutcomeColumns} FROM latest l JOIN outcome o ON o.digest = l.digest ORDER BY o.agreement, o.section, o.window_from", Read);

    /// <summary>The outcomes that stand and the standings of open windows, as one evaluation left them.</summary>
    public IReadOnlyList<IssuedOutcome> Current() => database.Together(() => Latest().Concat(Standings()).ToList());

    /// <summary>Every version of every window, newest first.</summary>
    public IReadOnlyList<IssuedOutcome> All() => database.Query($"SELECT {OutcomeColumns} FROM outcome o ORDER BY o.id DESC", Read);

    /// <summary>The standings of open windows.</summary>
    public IReadOnlyList<IssuedOutcome> Standings() => database.Query(
        "SELECT agreement, section, window, window_from, window_to, digest, verdict, document, computed_at, NULL, NULL FROM standing ORDER BY agreement, section, window_from", Read);

    /// <summary>One outcome by its digest, or null.</summary>
    public IssuedOutcome? Find(Digest digest) => database.Query($"SELECT {OutcomeColumns} FROM outcome o WHERE o.digest = $1", Read, digest.ToArray()).SingleOrDefault();

    public void Dispose() => database.Dispose();

    private int Retire(AgreementHistory agreement)
    {
        var windows = agreement.Windows.Select(w => w.Window.Label).ToHashSet(StringComparer.Ordinal);
        var held = database.Query("SELECT window FROM latest WHERE agreement = $1 UNION SELECT window FROM standing WHERE agreement = $1", row => row.GetString(0), agreement.Id);
        return held.Where(w => !windows.Contains(w)).Sum(window =>
            database.Execute("DELETE FROM latest WHERE agreement = $1 AND window = $2", agreement.Id, window)
            + database.Execute("DELETE FROM standing WHERE agreement = $1 AND window = $2", agreement.Id, window));
    }

    private bool Stand(Outcome outcome)
    {
        var known = database.Query("SELECT digest FROM standing WHERE agreement = $1 AND section = $2 AND window = $3", row => row.Digest(0), Key(outcome));
        if (known is [var digest] && digest == outcome.Digest)
        {
            return false;
        }

        database.Execute(
            "INSERT OR REPLACE INTO standing(agreement, section, window, window_from, window_to, digest, verdict, document, computed_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [.. Columns(outcome), Now]);
        return true;
    }

    private bool Issue(Outcome outcome)
    {
        var standing = database.Query("SELECT digest FROM latest WHERE agreement = $1 AND section = $2 AND window = $3", row => row.Digest(0), Key(outcome));
        if (standing is [var digest] && digest == outcome.Digest)
        {
            return false;
        }

        // A verdict can return to what it was; the same bytes are then the same outcome, signed once.
        if (Find(outcome.Digest) is null)
        {
            var jws = DetachedJws.Sign(ContentTypes.Outcome, outcome.ToBytes(), key);
            database.Execute(
                "INSERT INTO outcome(agreement, section, window, window_from, window_to, digest, verdict, document, issued_at, jws, supersedes) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                [.. Columns(outcome), Now, jws, standing is [var previous] ? previous.ToArray() : null]);
        }

        database.Execute("INSERT OR REPLACE INTO latest(agreement, section, window, digest) VALUES($1, $2, $3, $4)", [.. Key(outcome), outcome.Digest.ToArray()]);
        database.Execute("DELETE FROM standing WHERE agreement = $1 AND section = $2 AND window = $3", Key(outcome));
        return true;
    }

    private long Now => Instant.From(time.GetUtcNow()).UnixMilliseconds;

    private static object?[] Key(Outcome outcome) => [outcome.Agreement.Id, outcome.Section, outcome.Window.Label];

    private static object?[] Columns(Outcome outcome) =>
    [
        .. Key(outcome), outcome.Window.Start.UnixMilliseconds, outcome.Window.End.UnixMilliseconds,
        outcome.Digest.ToArray(), outcome.VerdictDigest.ToArray(), outcome.ToBytes(),
    ];

    private static IssuedOutcome Read(SqliteDataReader row) => new()
    {
        Agreement = row.GetString(0),
        Section = row.GetString(1),
        Window = row.GetString(2),
        From = row.Instant(3),
        To = row.Instant(4),
        Digest = row.Digest(5),
        VerdictDigest = row.Digest(6),
        Document = row.Bytes(7),
        IssuedAt = row.Instant(8),
        Jws = row.OptionalText(9),
        Supersedes = row.OptionalDigest(10),
    };
}
