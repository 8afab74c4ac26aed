using Sensor.Edge.Tests.PowerCuts;
using Sensor.Ingest.Evidence;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>Cuts the power at every point of the evidence log's work, in every way a disk may leave what was not synchronised: what a receipt may have named is there.</summary>
public sealed class EvidencePowerCutTests : IDisposable
{
    private const int Seed = 20261125;

    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-evidence-cut-").FullName;
    private readonly EvidenceTrial _trial;

    public EvidencePowerCutTests() => _trial = new EvidenceTrial(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cut_AtEveryPointOfShortWork_LosesNothingThatAReceiptMayName()
    {
        var entries = _trial.Run(Synchronisation.Full, batches: 4);
        Assert.Empty(FindingsAt(entries, Enumerable.Range(0, entries.Count + 1), Enum.GetValues<Survival>(), Trials.Of(reduced: 1, full: 10)));
    }

    [Fact]
    public void Cut_AtRandomPointsOfLongWork_LosesNothingThatAReceiptMayName()
    {
        var entries = _trial.Run(Synchronisation.Full, batches: 200);
        var random = new Random(Seed);
        var points = Enumerable.Range(0, Trials.Of(reduced: 8, full: 400)).Select(_ => random.Next(entries.Count + 1)).Order();
        Assert.Empty(FindingsAt(entries, points, Enum.GetValues<Survival>(), 1));
    }

    [Theory]
    [InlineData(Synchronisation.Off)]
    [InlineData(Synchronisation.Normal)]
    internal void Cut_WithoutFullSynchronisation_IsFoundToLoseRecords(Synchronisation synchronisation)
    {
        var entries = _trial.Run(synchronisation, batches: 6);
        var findings = FindingsAt(entries, Enumerable.Range(entries.Count / 2, entries.Count / 2), [Survival.Nothing], 1);
        Assert.Contains(findings, finding => finding.Contains("lost ", StringComparison.Ordinal) || finding.Contains("does not open", StringComparison.Ordinal));
    }

    private List<string> FindingsAt(List<CutEntry> entries, IEnumerable<int> points, Survival[] ways, int times)
    {
        var (disk, applied, findings) = (new CutDisk(), 0, new List<string>());
        foreach (var point in points)
        {
            entries[applied..point].ForEach(disk.Apply);
            applied = point;
            foreach (var (way, time) in ways.SelectMany(way => Enumerable.Range(0, times).Select(time => (way, time))))
            {
                var files = disk.After(new Survivors(way, Seed + (point * 1_000) + time));
                findings.AddRange(_trial.Findings(files, point == 0 ? 0 : entries[point - 1].End).Select(finding => $"cut behind {point} of {entries.Count}, {way}, {time}: {finding}"));
            }
        }

        return findings;
    }
}
