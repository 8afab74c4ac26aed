using System.Text;
using Microsoft.Data.Sqlite;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Windows;

/// <summary>The outcomes of one operator: signed versions that supersede each other and are never changed, unsigned standings, and what came too late.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OutcomeStore(Database database, ISigner key, TimeProvider time) : IDisposable
{
    private const string OutcomeColumns = "o.agreement, o.section, o.window, o.window_from, o.window_to, o.digest, o.verdict, o.document, o.issued_at, o.jws, o.supersedes";
    private const string NoFinding = "NULL, NULL, NULL, NULL";
    private const string OfWindow = "WHERE agreement = $1 AND section = $2 AND window = $3";

    /// <summary>Opens or makes the store of a data directory.</summary>
    public static OutcomeStore Open(string dataDirectory, ISigner key, TimeProvider time) =>
        new(Database.OpenForWriting(Path.Combine(dataDirectory, "outcomes.db"), OutcomeSchema.Versions), key, time);

    /// <summary>Stores what one evaluation came to, where it differs from what stands; whoever asks sees all of it or none.</summary>
    /// <returns>What was new, and as what it was stored.</returns>
    public IReadOnlyList<TakenOutcome> Take(IReadOnlyList<Outcome> computed) => database.Transaction(() =>
        computed.Select(outcome => new TakenOutcome(outcome, TakeOne(outcome))).Where(taken => taken.Succession != Succession.Unchanged).ToList());

    /// <summary>Lets nothing stand for windows that an agreement no longer has, as after an amendment that splits one; what was signed is kept.</summary>
    /// <returns>How many no longer stand.</returns>
    public int Retire(IEnumerable<AgreementHistory> agreements) => database.Transaction(() => agreements.Sum(Retire));

    /// <summary>The outcome that stands for each window with its late finding, by agreement, section and window.</summary>
    public IReadOnlyList<IssuedOutcome> Latest() => database.Query(
        $"""
        SELECT {OutcomeColumns}, l.difference, f.digest, f.verdict, f.difference, f.found_at FROM latest l JOIN outcome o ON o.digest = l.digest
        LEFT JOIN late_finding f ON f.agreement = l.agreement AND f.section = l.section AND f.window = l.window ORDER BY o.agreement, o.section, o.window_from
        """,
        Read);

    /// <summary>The outcomes that stand and the standings of open windows, as one evaluation left them.</summary>
    public IReadOnlyList<IssuedOutcome> Current() => database.Together(() => Latest().Concat(Standings()).ToList());

    /// <summary>Every version of every window, newest first.</summary>
    public IReadOnlyList<IssuedOutcome> All() => database.Query($"SELECT {OutcomeColumns}, o.difference, {NoFinding} FROM outcome o ORDER BY o.id DESC", Read);

    /// <summary>The standings of open windows.</summary>
    public IReadOnlyList<IssuedOutcome> Standings() => database.Query(
        $"SELECT agreement, section, window, window_from, window_to, digest, verdict, document, computed_at, NULL, NULL, NULL, {NoFinding} FROM standing ORDER BY agreement, section, window_from", Read);

    /// <summary>One outcome by its digest, or null.</summary>
    public IssuedOutcome? Find(Digest digest) =>
        database.Query($"SELECT {OutcomeColumns}, o.difference, {NoFinding} FROM outcome o WHERE o.digest = $1", Read, digest.ToArray()).SingleOrDefault();

    /// <summary>The document of a late finding by its digest, or null where it is not the newest of its window.</summary>
    public byte[]? FindLate(Digest digest) => database.Query("SELECT document FROM late_finding WHERE digest = $1", row => row.Bytes(0), digest.ToArray()).FirstOrDefault();

    public void Dispose() => database.Dispose();

    private int Retire(AgreementHistory agreement)
    {
        var windows = agreement.Windows.Select(w => w.Window.Label).ToHashSet(StringComparer.Ordinal);
        var held = database.Query("SELECT window FROM latest WHERE agreement = $1 UNION SELECT window FROM standing WHERE agreement = $1", row => row.GetString(0), agreement.Id);
        return held.Where(w => !windows.Contains(w)).Sum(window =>
            database.Execute("DELETE FROM latest WHERE agreement = $1 AND window = $2", agreement.Id, window)
            + database.Execute("DELETE FROM late_finding WHERE agreement = $1 AND window = $2", agreement.Id, window)
            + database.Execute("DELETE FROM standing WHERE agreement = $1 AND window = $2", agreement.Id, window));
    }

    private Succession TakeOne(Outcome outcome)
    {
        var issued = database.Query($"SELECT digest FROM latest {OfWindow}", row => row.Digest(0), Key(outcome));
        if (issued is not [var digest])
        {
            return outcome.State == OutcomeState.Open ? Stand(outcome) : Issue(outcome, null);
        }

        if (digest == outcome.Digest)
        {
            return Forget(outcome);
        }

        return Found(outcome) == outcome.Digest ? Succession.Unchanged : Follow(outcome, OutcomeDocument.Read(digest.ToString(), Find(digest)!.Document).Single());
    }

    private Succession Follow(Outcome outcome, OutcomeDocument issued)
    {
        var computed = OutcomeDocument.Of(outcome);
        return SuccessionRule.Of(issued, computed) switch
        {
            Succession.Standing => Stand(outcome),
            Succession.Supersedes => Issue(outcome, OutcomeDifference.Between(issued, computed)),
            Succession.LateFinding => Note(outcome, OutcomeDifference.Between(issued, computed)),
            _ => outcome.State == OutcomeState.Open ? Succession.Unchanged : Forget(outcome),
        };
    }

    private Succession Stand(Outcome outcome)
    {
        var known = database.Query($"SELECT digest FROM standing {OfWindow}", row => row.Digest(0), Key(outcome));
        if (known is [var digest] && digest == outcome.Digest)
        {
            return Succession.Unchanged;
        }

        database.Execute(
            "INSERT OR REPLACE INTO standing(agreement, section, window, window_from, window_to, digest, verdict, document, computed_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [.. Columns(outcome), Now]);
        return Succession.Standing;
    }

    private Succession Issue(Outcome outcome, OutcomeDifference? difference)
    {
        var text = Text(difference);

        // A verdict can return to what it was; the same bytes are then the same outcome, signed once.
        if (Find(outcome.Digest) is null)
        {
            var jws = DetachedJws.Sign(ContentTypes.Outcome, outcome.ToBytes(), key);
            database.Execute(
                "INSERT INTO outcome(agreement, section, window, window_from, window_to, digest, verdict, document, issued_at, jws, supersedes, difference) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                [.. Columns(outcome), Now, jws, difference?.Before.Digest.ToArray(), text]);
        }

        database.Execute("INSERT OR REPLACE INTO latest(agreement, section, window, digest, difference) VALUES($1, $2, $3, $4, $5)", [.. Key(outcome), outcome.Digest.ToArray(), text]);
        database.Execute($"DELETE FROM standing {OfWindow}", Key(outcome));
        Forget(outcome);
        return difference is null ? Succession.First : Succession.Supersedes;
    }

    private Succession Note(Outcome outcome, OutcomeDifference difference)
    {
        database.Execute(
            "INSERT OR REPLACE INTO late_finding(agreement, section, window, digest, verdict, document, difference, found_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
            [.. Key(outcome), outcome.Digest.ToArray(), outcome.VerdictDigest.ToArray(), outcome.ToBytes(), Text(difference), Now]);
        return Succession.LateFinding;
    }

    // What stands is again what the data come to, or was replaced: no late data wait for a determination.
    private Succession Forget(Outcome outcome)
    {
        database.Execute($"DELETE FROM late_finding {OfWindow}", Key(outcome));
        return Succession.Unchanged;
    }

    private Digest? Found(Outcome outcome) =>
        database.Query($"SELECT digest FROM late_finding {OfWindow}", row => row.Digest(0), Key(outcome)) is [var digest] ? digest : null;

    private static string? Text(OutcomeDifference? difference) => difference is null ? null : Encoding.UTF8.GetString(CanonicalJson.Write(difference.ToJson()));

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
        Difference = row.OptionalText(11),
        LateFinding = row.OptionalDigest(12) is { } found ? new LateFinding(found, row.Digest(13), row.GetString(14), row.Instant(15)) : null,
    };
}
