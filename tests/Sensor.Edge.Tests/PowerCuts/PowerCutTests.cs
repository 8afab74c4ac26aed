using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>
/// Cuts the power at every point of the outbox's work, and at random points of long work, in every way that a disk may leave what was not
/// synchronised; afterwards the station starts on it and nothing it had acknowledged may be missing.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private const int Seed = 20261125;

    private readonly TestFolder _folder = new();
    private readonly CutTrial _trial;

    public PowerCutTests() => _trial = new CutTrial(_folder.Path);

    public void Dispose()
    {
        _trial.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Cut_AtEveryPointOfShortWork_LosesNothingAcknowledged()
    {
        _trial.Run(Synchronisation.Full, runs: 3, records: 4);
        var entries = CutLog.Read(_trial.Log);
        Assert.Empty(FindingsAt(entries, Enumerable.Range(0, entries.Count + 1), Enum.GetValues<Survival>(), Trials.Of(reduced: 1, full: 10)));
        TestContext.Current.SendDiagnosticMessage($"{entries.Count + 1} points, {Enum.GetValues<Survival>().Length} ways, seed {Seed}");
    }

    [Fact]
    public void Cut_AtRandomPointsOfLongWork_LosesNothingAcknowledged()
    {
        _trial.Run(Synchronisation.Full, runs: 2, records: 600);
        var entries = CutLog.Read(_trial.Log);
        var random = new Random(Seed);
        var points = Enumerable.Range(0, Trials.Of(reduced: 8, full: 400)).Select(_ => random.Next(entries.Count + 1)).Order();
        Assert.Empty(FindingsAt(entries, points, Enum.GetValues<Survival>(), 1));
    }

    [Fact]
    public void Cut_InTheMiddleOfCheckpoints_LosesNothingAcknowledged()
    {
        _trial.Run(Synchronisation.Full, runs: 2, records: 600);
        var entries = CutLog.Read(_trial.Log);
        var database = entries.First(e => e.Operation == CutOperation.Create).File;
        var checkpoints = Enumerable.Range(0, entries.Count).Where(i => i > entries.Count / 8 && entries[i].File == database).ToArray();
        Assert.True(checkpoints.Length > 100);
        var random = new Random(Seed);
        random.Shuffle(checkpoints);
        Assert.Empty(FindingsAt(entries, checkpoints.Take(Trials.Of(reduced: 8, full: 400)).Order(), Enum.GetValues<Survival>(), 1));
    }

    [Fact]
    public void Cut_WhileRecordsGiveWay_LosesNothingThatNoLossNames()
    {
        _trial.Run(Synchronisation.Full, runs: 1, records: 3_000);
        var entries = CutLog.Read(_trial.Log);
        var random = new Random(Seed);
        var points = Enumerable.Range(0, Trials.Of(reduced: 8, full: 400)).Select(_ => random.Next(entries.Count / 3, entries.Count)).Append(entries.Count).Order();
        Assert.Empty(FindingsAt(entries, points, Enum.GetValues<Survival>(), 1));
        using var connection = OutboxDatabase.OpenReader(Path.Combine(_trial.Folder, "outbox.db"));
        Assert.True(RemovedRecords.Load(connection) is { Losses.Count: > 0 } removed && removed.Positions.Count > 1_000);
    }

    [Theory]
    [InlineData(Synchronisation.Off)]
    [InlineData(Synchronisation.Normal)]
    internal void Cut_WithoutFullSynchronisation_IsFoundToLoseRecords(Synchronisation synchronisation)
    {
        _trial.Run(synchronisation, runs: 1, records: 6);
        var entries = CutLog.Read(_trial.Log);
        var findings = FindingsAt(entries, Enumerable.Range(entries.Count / 2, entries.Count / 2), [Survival.Nothing], 1);
        Assert.Contains(findings, finding => finding.Contains("lost record", StringComparison.Ordinal) || finding.Contains("does not start", StringComparison.Ordinal));
    }

    [Fact]
    public void Layer_WhenEverythingSurvives_GivesTheFilesThatAreThere()
    {
        _trial.Run(Synchronisation.Full, runs: 2, records: 5);
        var disk = new CutDisk();
        CutLog.Read(_trial.Log).ForEach(disk.Apply);
        var files = disk.After(new Survivors(Survival.Everything, Seed));
        Assert.Equal(Directory.GetFiles(_trial.Folder).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal) && !f.EndsWith(".lock", StringComparison.Ordinal)).Order(), files.Keys.Select(name => Path.Combine(_trial.Folder, name)).Order());
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(_trial.Folder, file.Key)), file.Value));
    }

    /// <summary>Everything that does not hold after cuts behind a number of entries, with the place, the way and the seed that show it again.</summary>
    private List<string> FindingsAt(List<CutEntry> entries, IEnumerable<int> points, Survival[] ways, int times)
    {
        var (disk, applied, findings) = (new CutDisk(), 0, new List<string>());
        var check = new CutCheck(_trial, Acknowledged.Read(_trial.Acknowledgements));
        foreach (var point in points)
        {
            for (; applied < point; applied++)
            {
                disk.Apply(entries[applied]);
            }

            foreach (var (way, time) in ways.SelectMany(way => Enumerable.Range(0, times).Select(time => (way, time))))
            {
                var files = disk.After(new Survivors(way, Seed + (point * 1_000) + time));
                findings.AddRange(FindingsOn(check, files, point == 0 ? 0 : entries[point - 1].End).Select(finding => $"cut behind {point} of {entries.Count}, {way}, {time}: {finding}"));
            }
        }

        return findings;
    }

    private List<string> FindingsOn(CutCheck check, Dictionary<string, byte[]> files, long position)
    {
        var data = _folder["cut"];
        Directory.CreateDirectory(data);
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(data, name), bytes);
        }

        try
        {
            return check.Findings(data, position);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
