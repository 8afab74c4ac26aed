using Sensor.Edge.Tests.PowerCuts;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>Cuts the power at points between an append and its checkpoint, in every way a disk may leave what was not synchronised: what somebody saw stays true.</summary>
public sealed class CheckpointPowerCutTests : IDisposable
{
    private const int Seed = 20261125;

    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-checkpoint-cut-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cut_AtManyPoints_LeavesNoSecondRootOfASize()
    {
        var trial = new CheckpointTrial(_folder);
        var entries = trial.Run(batches: 3);
        var (disk, findings) = (new CutDisk(), new List<string>());
        for (var point = 0; point <= entries.Count; point++)
        {
            foreach (var way in point % Trials.Of(reduced: 4, full: 1) == 0 ? Enum.GetValues<Survival>() : [])
            {
                var files = disk.After(new Survivors(way, Seed + point));
                findings.AddRange(trial.Findings(files, point == 0 ? 0 : entries[point - 1].End).Select(finding => $"cut behind {point} of {entries.Count}, {way}: {finding}"));
            }

            if (point < entries.Count)
            {
                disk.Apply(entries[point]);
            }
        }

        Assert.Empty(findings);
        Assert.InRange(entries.Count, 40, 10_000);
    }
}
