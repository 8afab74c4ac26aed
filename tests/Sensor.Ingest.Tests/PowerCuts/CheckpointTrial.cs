using System.Diagnostics;
using System.Globalization;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Edge.Tests.PowerCuts;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>The places that the process under trial and its examiner share, and the examination.</summary>
internal sealed class CheckpointTrial(string root)
{
    public string Folder => Path.Combine(root, "data");

    public string Changes => Path.Combine(root, "changes");

    public string Seen => Path.Combine(root, "seen");

    public string Key => Path.Combine(root, "operator.key.pem");

    /// <summary>Runs the work to its end in a process of its own, with the layer under it.</summary>
    public List<CutEntry> Run(int batches)
    {
        Directory.CreateDirectory(Folder);
        var start = new ProcessStartInfo(Environment.ProcessPath!, [CheckpointChild.Command, root, batches.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true };
        CutLayer.Put(start, Folder, Changes, fault: null);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return CutLog.Read(Changes);
    }

    /// <summary>Goes on from what a cut left, with other records, and says every checkpoint that somebody had seen and that does not fit.</summary>
    public List<string> Findings(Dictionary<string, byte[]> files, long position)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "cut")).FullName;
        try
        {
            foreach (var (name, bytes) in files)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }

            return Examine(folder, [.. File.ReadLines(Seen).Select(line => line.Split('|')).Where(p => long.Parse(p[0], CultureInfo.InvariantCulture) <= position).Select(p => SignedCheckpoint.Read(Convert.FromBase64String(p[1])))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private List<string> Examine(string folder, List<SignedCheckpoint> seen)
    {
        using var other = new TestStation("ST-2");
        using var key = SigningKey.LoadOrCreate(Key);
        using var log = EvidenceLog.Open(folder, TimeProvider.System);
        log.Append([EvidenceChild.Arrival(other.Next())]);
        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(folder));
        using var store = CheckpointStore.Open(folder);
        var last = CheckpointChild.Desk(folder, key, store, evidence).Issue().Checkpoint;
        var digests = TestIngest.DigestsOf(evidence);
        return
        [
            .. seen.Where(s => s.Checkpoint.Origin != last.Origin).Select(s => $"another log begins behind {s.Checkpoint}"),
            .. seen.Where(s => store.Find(store.Logs()[0], s.Checkpoint.Size) is not { } kept || !kept.Bytes.Span.SequenceEqual(s.Bytes.Span)).Select(s => $"not kept as it was seen: {s.Checkpoint}"),
            .. seen.Select(s => s.Checkpoint).Append(last).Where(c => TestIngest.RootOf(digests.Take((int)c.Size)) != c.Root).Select(c => $"not the beginning of the log: {c}"),
        ];
    }
}
