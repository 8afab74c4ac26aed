using Sensor.Contracts.Wire;
using Sensor.Edge.Tests.PowerCuts;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>Cuts the power at every point while entries move to an archive: the bytes of each are in the evidence or in a whole archive file, and the move can be done again.</summary>
public sealed class ArchivePowerCutTests : IDisposable
{
    private const int Seed = 20261125;
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-archive-cut-").FullName;
    private readonly EvidenceTrial _trial;

    public ArchivePowerCutTests() => _trial = new EvidenceTrial(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cut_AtEveryPointOfAMove_LosesNoBytesOfWhatAReceiptMayName()
    {
        var entries = _trial.Run(ArchiveChild.Command);

        // The rows name this folder; only what the cut left may help.
        Directory.Delete(_trial.Folder, recursive: true);
        var receiptable = Receiptable.Read(_trial.Receiptable);
        var (disk, findings, moved) = (new CutDisk(), new List<string>(), 0);
        for (var point = 0; point <= entries.Count; point++)
        {
            if (point > 0)
            {
                disk.Apply(entries[point - 1]);
            }

            var receipted = receiptable.Count(r => point > 0 && r.Position <= entries[point - 1].End);
            foreach (var (way, time) in WaysAt(point).SelectMany(way => Enumerable.Range(0, Trials.Of(reduced: 1, full: 5)).Select(time => (way, time))))
            {
                findings.AddRange(Examine(disk.After(new Survivors(way, Seed + (1_000 * point) + time)), receipted, ref moved).Select(finding => $"cut behind {point} of {entries.Count}, {way}, {time}: {finding}"));
            }
        }

        Assert.Empty(findings);
        Assert.True(moved > 0, "no cut left moved entries");
    }

    // Another two at each point, where not all are tried.
    private static IEnumerable<Survival> WaysAt(int point)
    {
        var ways = Enum.GetValues<Survival>();
        return ways.Skip(point % ways.Length).Concat(ways).Take(Trials.Of(reduced: 2, full: ways.Length));
    }

    private List<string> Examine(Dictionary<string, byte[]> files, int receipted, ref int moved)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "cut")).FullName;
        try
        {
            foreach (var (name, bytes) in files)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }

            EvidenceLog.Open(folder, TimeProvider.System).Dispose();
            var left = Left(folder, receipted, ref moved);
            ArchiveChild.Move(folder);
            return [.. left, .. Left(folder, receipted, ref moved)];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or Microsoft.Data.Sqlite.SqliteException or InvalidOperationException or Contracts.Documents.DocumentException)
        {
            return [e.Message];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Left(string folder, int receipted, ref int moved)
    {
        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(folder), new EvidenceArchive([folder]));
        var rows = evidence.Query("SELECT idx, digest, envelope FROM evidence ORDER BY idx", row => (Index: row.GetInt64(0), Digest: row.Digest(1), Bytes: row.Bytes(2)));
        moved += rows.Count(row => row.Bytes.Length == 0);
        var findings = rows.Where(row => !Envelope.TryParse(evidence.EnvelopeAt(row.Index, row.Bytes), out var envelope, out _) || envelope.Digest != row.Digest).Select(row => $"the bytes of {row.Index} are lost").ToList();
        if (rows.Count < receipted || RecordReader.Complete(evidence, "ST-1").Count != rows.Count)
        {
            findings.Add($"{rows.Count} rows are there of {receipted} receipted");
        }

        return findings;
    }
}
