using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Api;

/// <summary>What the API and the pages show of stations and sections, read from the evidence file and the registry.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Views(IngestPipeline pipeline)
{
    private ISqlDatabase Evidence => pipeline.Evidence;

    /// <summary>Every section of the registry with its newest reading of each parameter.</summary>
    public IReadOnlyList<SectionView> Sections() =>
    [
        .. pipeline.Watch.Current.Placements.Select(p => p.Section).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Section),
    ];

    /// <summary>Every station of the registry.</summary>
    public IReadOnlyList<StationView> Stations() =>
    [
        .. pipeline.Watch.Current.Placements.Select(p => p.Station).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Station),
    ];

    private SectionView Section(string section)
    {
        var registry = pipeline.Watch.Current;
        var newest = registry.StationsAt(section)
            .SelectMany(station => NewestReadings(station).Where(r => registry.SectionOf(station, r.SampledTo) == section))
            .GroupBy(r => r.Parameter, StringComparer.Ordinal)
            .Select(g => g.MaxBy(r => r.SampledTo)!)
            .OrderBy(r => r.Parameter, StringComparer.Ordinal)
            .ToList();
        return new SectionView(section, registry.StationsAt(section), [.. newest.Select(ReadingView.Of)], ClassOf(section, newest));
    }

    private IReadOnlyList<Reading> NewestReadings(string station) =>
        Evidence.Query("SELECT payload FROM observation WHERE station = $1 ORDER BY instant DESC, idx DESC LIMIT 1", row => row.Bytes(0), station) is [var payload]
            && RecordCodec.TryDecode(payload, out var decoded, out _) && decoded.Record?.Body is ReadingsBody body
            ? body.Readings
            : [];

    // Which limits apply is known only where an agreement names the section.
    private WaterClass? ClassOf(string section, IEnumerable<Reading> readings)
    {
        var agreed = pipeline.Evaluator.Agreements.SelectMany(a => a.Versions.Reverse()).SelectMany(a => a.Sections).FirstOrDefault(s => s.Section == section);
        var usable = readings.Where(r => r.Value is not null && Flag.UseOf(r.Flag) == FlagUse.Usable && ParameterCatalogue.Find(r.Parameter)?.Unit == r.Unit);
        return agreed is null
            ? null
            : Classification.Of(
                new ClassificationRule(agreed.WaterBody, ClassRounding.None),
                usable.ToDictionary(r => r.Parameter, r => ExactDecimal.From(r.Value!.Value), StringComparer.Ordinal)).Class;
    }

    private StationView Station(string station)
    {
        var registry = pipeline.Watch.Current;
        var last = Evidence.Query(
            "SELECT run, sequence, idx, wall, clock, clock_error, received_at FROM station_last WHERE station = $1",
            row => new LastRecordView(
                row.Life(0).ToString(), row.GetInt64(1), row.GetInt64(2), row.OptionalNumber(3) is { } wall ? new Instant(wall).ToString() : null,
                row.OptionalNumber(4) is { } clock ? ((ClockStatus)clock).ToString().ToLowerInvariant() : null, row.OptionalNumber(5), row.Instant(6).ToString()),
            station).SingleOrDefault();
        return new StationView(
            station,
            registry.Placements.Last(p => p.Station == station).Section,
            [.. registry.Keys.Where(k => k.Station == station).Select(k => new KeyView(k.KeyId.ToString(), k.RevokedAt?.ToString()))],
            last,
            Runs(station),
            Evidence.Query(
                "SELECT run, first, last, reason FROM loss WHERE station = $1 ORDER BY idx",
                row => new LossView(row.Life(0).ToString(), row.GetInt64(1), row.GetInt64(2), row.GetString(3).ToLowerInvariant()), station),
            Evidence.Query("SELECT run, sequence FROM fork WHERE station = $1 ORDER BY run, sequence", row => new ForkView(row.Life(0).ToString(), row.GetInt64(1)), station),
            Evidence.Query(
                "SELECT run, previous_run, kind, said, held FROM rollback WHERE station = $1 ORDER BY run",
                row => new RollbackView(row.Life(0).ToString(), row.Life(1).ToString(), row.GetString(2), row.GetInt64(3), row.GetInt64(4)), station));
    }

    private List<RunView> Runs(string station) => Evidence.Query(
        "SELECT run, covered, previous_run FROM run WHERE station = $1 ORDER BY first_idx",
        row =>
        {
            var covered = SequenceSet.Parse(row.GetString(1));
            return new RunView(row.Life(0).ToString(), row.IsDBNull(2) ? null : row.Life(2).ToString(), covered.Through, [.. covered.Gaps.Select(g => new[] { g.First, g.Last })]);
        },
        station);
}
