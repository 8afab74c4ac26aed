using Sensor.Compliance.Cuts;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Bundles;

/// <summary>Compares the records of a bundle with the cut that its outcome names.</summary>
/// <param name="records">The records.</param>
/// <param name="cut">The last record of each run that the outcome rests on.</param>
/// <param name="resolvesTime">Whether the agreement asks when water was really taken.</param>
internal sealed class BundledCut(BundledRecords records, IReadOnlyList<CutStation> cut, bool resolvesTime)
{
    private readonly Dictionary<(string, LifeId), CutStation> _reach = cut.ToDictionary(c => (c.Station, c.Run));
    private readonly ILookup<(string Station, LifeId Run), BundledRecord> _runs = records.All.ToLookup(r => (r.Header.Station, r.Header.Run));
    private readonly ILookup<(string Station, LifeId Run), LossBody> _losses = records.All
        .Where(r => r.Decoded.Record?.Body is LossBody).ToLookup(r => (r.Header.Station, ((LossBody)r.Decoded.Record!.Body).Run), r => (LossBody)r.Decoded.Record!.Body);

    /// <summary>Whether a record lies within the cut.</summary>
    public bool Holds(RecordHeader header) => _reach.TryGetValue((header.Station, header.Run), out var last) && header.Sequence <= last.Sequence;

    /// <summary>Checks every station, and says of each what was found.</summary>
    /// <exception cref="BundleFault">A record is missing, or there without a reason.</exception>
    public IEnumerable<BundleCheck> Check()
    {
        if (records.All.FirstOrDefault(r => !Holds(r.Header) && !SupportsOthers(r)) is { } stray)
        {
            throw new BundleFault($"{BundledRun.Name(stray.Header)} is neither in the cut of the outcome nor the beginning of a run, a loss, a check or what dates one");
        }

        foreach (var reach in cut)
        {
            CheckRun(reach);
        }

        return records.All.GroupBy(r => r.Header.Station, StringComparer.Ordinal).Select(Words);
    }

    /// <summary>What tells the order of runs, closes a gap, may bound the time in which an instrument was not known to be right, or dates a record that does.</summary>
    private bool SupportsOthers(BundledRecord record) => record.Header.Sequence == 1
        || (resolvesTime && record.Decoded.Record is { } read && StationTime.EstimatedError(read) is not null)
        || record.Decoded.Record?.Body is LossBody or EventBody { Event.Type: EventType.Check or EventType.Calibration };

    private void CheckRun(CutStation reach)
    {
        var run = _runs[(reach.Station, reach.Run)].Where(r => r.Header.Sequence <= reach.Sequence).ToList();
        BundleFault.Unless(run.Any(r => r.Header.Sequence == reach.Sequence && r.Digest == reach.Digest), $"record {reach.Sequence} of run {reach.Run} of {reach.Station}, at which the outcome's cut ends, is missing");
        var expected = 1L;
        foreach (var record in run)
        {
            if (record.Header.Sequence > expected)
            {
                RequireLost(reach, expected, record.Header);
            }

            expected = record.Header.Sequence + 1;
        }
    }

    private void RequireLost(CutStation reach, long first, RecordHeader next)
    {
        var (at, last) = (first, next.Sequence - 1);
        foreach (var loss in _losses[(reach.Station, reach.Run)].OrderBy(l => l.First).Where(l => l.Last >= first))
        {
            at = loss.First <= at && loss.Last >= at ? loss.Last + 1 : at;
            BundleFault.Unless(loss.Last != last || loss.LastDigest is not { } digest || digest == next.Previous, $"{BundledRun.Name(next)} names another record before it than the station declared lost");
        }

        BundleFault.Unless(at > last, $"records {at} to {last} of run {reach.Run} of {reach.Station} are missing and no signed loss says why");
    }

    private BundleCheck Words(IGrouping<string, BundledRecord> station)
    {
        var runs = station.Select(r => r.Header.Run).Distinct().ToList();
        var within = station.Count(r => Holds(r.Header));
        var keys = string.Join(", ", station.Select(r => r.KeyId).Distinct().Order());
        var forks = station.GroupBy(r => (r.Header.Run, r.Header.Sequence)).Count(g => g.Count() > 1);
        return new BundleCheck(
            $"station {station.Key}",
            $"{within} records of {cut.Count(c => c.Station == station.Key)} runs, complete up to the end of the outcome's cut and each naming the one before it, signed with {keys}"
            + Note(station.Count() - within, "more that tell the order of runs, losses, checks and what dates them")
            + Note(runs.Sum(run => _losses[(station.Key, run)].Count()), "losses that the station declared")
            + Note(station.Count(r => !r.SignatureHolds), "records whose own signature is damaged, for each of which the next one vouches")
            + Note(forks, "numbers that the station gave to two records, of which none counts")
            + Note(station.Count(r => r.Decoded.Unmapped is not null), "records that this version does not understand and does not count")
            + Note(station.Count(r => r.Header.PreviousRun is { } before && _runs[(station.Key, before.Run)].All(b => b.Header.Sequence != 1)), "runs of whose predecessor the bundle lacks the beginning, so that nothing before it is put in order")
            + Note(station.Count(r => r.Header.PreviousRun is { } before && Forgot(station.Key, before)), "runs that do not continue the run before as it is held: a restored or replaced storage, or another"));
    }

    private bool Forgot(string station, PreviousRun before) => _runs[(station, before.Run)].Any(r =>
        r.Header.Sequence > before.Sequence || (r.Header.Sequence == before.Sequence && r.Digest != before.Digest));

    private static string Note(int count, string what) => count == 0 ? "" : $"; note: {count} {what}";
}
