using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// Names the runs that do not continue the run before as it is held: what a restored image, a cloned card or a lying one leaves behind. A name says
/// what differs and accuses nobody: where two runs claim one predecessor, both are named.
/// </summary>
/// <remarks>Works inside the transaction of the evidence log. Which names stand in the end does not depend on the order of arrival.</remarks>
internal sealed class Rollbacks(ISqlDatabase database, Func<string, LifeId, long> greatest, Func<string, LifeId, long, Digest?> digestOf)
{
    private readonly Dictionary<string, Dictionary<LifeId, List<Claim>>> _claims = new(StringComparer.Ordinal);

    /// <summary>Forgets what was kept in memory, after a transaction that failed.</summary>
    public void Forget() => _claims.Clear();

    /// <summary>Examines a run whose first record arrived.</summary>
    public void Begun(RecordHeader header, PreviousRun previous)
    {
        _claims.Remove(header.Station);
        var claims = Claims(header.Station, previous.Run);
        foreach (var claim in claims.Where(claim => claims.Count > 1 || claim.Run == header.Run))
        {
            Name(header.Station, claim, claims.Count);
        }
    }

    /// <summary>Examines a run whose first record arrived and names no run before: of one key only one can be the first.</summary>
    public void Begun(RecordHeader header, Digest key, long index)
    {
        var others = Beginnings(header, index).Where(other => other.Key == key).Select(other => other.Run).ToList();
        foreach (var other in others)
        {
            Name(header.Station, header.Run, other, "two-beginnings", 0, greatest(header.Station, other));
            Name(header.Station, other, header.Run, "two-beginnings", 0, greatest(header.Station, header.Run));
        }
    }

    /// <summary>Examines the runs after this one: a later run may arrive before the records that it forgot.</summary>
    public void Continued(RecordHeader header)
    {
        var claims = Claims(header.Station, header.Run);
        if (claims.Count == 0)
        {
            return;
        }

        claims = [.. claims.Where(claim => claim.Previous.Sequence <= header.Sequence)];
        foreach (var claim in claims)
        {
            Name(header.Station, claim, claims.Count);
        }
    }

    private void Name(string station, Claim claim, int claims)
    {
        var previous = claim.Previous;
        var held = greatest(station, previous.Run);
        var kind = held > previous.Sequence ? "forgot-records"
            : digestOf(station, previous.Run, previous.Sequence) is { } digest && digest != previous.Digest ? "other-digest"
            : claims > 1 ? "two-successors"
            : null;
        if (kind is not null)
        {
            Name(station, claim.Run, previous.Run, kind, previous.Sequence, held);
        }
    }

    private void Name(string station, LifeId run, LifeId previous, string kind, long said, long held) => database.Execute(
        """
        INSERT INTO rollback(station, run, previous_run, kind, said, held) VALUES($1, $2, $3, $4, $5, $6)
        ON CONFLICT(station, run) DO UPDATE SET kind = excluded.kind, held = excluded.held WHERE rollback.previous_run = excluded.previous_run
        """,
        station, run.ToArray(), previous.ToArray(), kind, said, held);

    /// <summary>The runs that say they follow a run. Only the first record of a run says so, and <see cref="Begun(RecordHeader, PreviousRun)"/> sees each.</summary>
    private List<Claim> Claims(string station, LifeId previous)
    {
        if (!_claims.TryGetValue(station, out var known))
        {
            _claims.Add(station, known = []);
        }

        if (!known.TryGetValue(previous, out var claims))
        {
            claims = database.Query(
                "SELECT run, previous_sequence, previous_digest FROM run WHERE station = $1 AND previous_run = $2",
                row => new Claim(row.Life(0), new PreviousRun(previous, row.GetInt64(1), row.Digest(2))),
                station, previous.ToArray());
            known.Add(previous, claims);
        }

        return claims;
    }

    // A rebuild looks only at what stood before the record, as the first time.
    private List<(LifeId Run, Digest? Key)> Beginnings(RecordHeader header, long index) => [.. database.Query(
        "SELECT r.run, e.envelope FROM run r JOIN evidence e ON e.station = r.station AND e.run = r.run AND e.sequence = 1 WHERE r.station = $1 AND r.previous_run IS NULL AND r.run <> $2 AND e.idx <= $3",
        row => (Run: row.Life(0), Key: KeyOf(row.Bytes(1))),
        header.Station, header.Run.ToArray(), index)];

    private static Digest? KeyOf(byte[] bytes) => Envelope.TryParse(bytes, out var envelope, out _) ? envelope.KeyId : null;

    private sealed record Claim(LifeId Run, PreviousRun Previous);
}
