using Sensor.Compliance.Agreements;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Windows;

/// <summary>What the stations of sections delivered, each section read once in an evaluation. Not thread-safe.</summary>
internal sealed class SectionRecords(ISqlDatabase evidence, RegistrySnapshot registry)
{
    private readonly Dictionary<string, SectionHoldings> _sections = new(StringComparer.Ordinal);

    /// <summary>What is held of a section.</summary>
    public SectionHoldings Of(string section)
    {
        if (!_sections.TryGetValue(section, out var holdings))
        {
            var records = registry.StationsAt(section).SelectMany(station => RecordReader.Complete(evidence, station)).ToList();
            _sections.Add(section, holdings = new SectionHoldings(records, registry));
        }

        return holdings;
    }

    /// <summary>What is held of several sections, dated as an agreement demands; a station that moved between two of them counts once.</summary>
    public DatedRecords At(IEnumerable<string> sections, AgreedTime? time)
    {
        var dated = sections.Select(s => (Section: s, Records: Of(s).Dated(time))).ToList();
        return new DatedRecords(
            [.. dated.SelectMany(d => d.Records.Observations.Where(o => o.Observation.Section == d.Section))],
            [.. dated.SelectMany(d => d.Records.Checks.Where(c => c.Check.Section == d.Section))],
            [.. dated.SelectMany(d => d.Records.Anchored)]);
    }
}
