using System.Diagnostics;
using System.Globalization;
using Sensor.Edge.Tests.PowerCuts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>The places that the process under trial and its examiner share, and the examination.</summary>
internal sealed class EvidenceTrial(string root)
{
    public string Folder => Path.Combine(root, "data");

    public string Log => Path.Combine(root, "changes");

    public string Receiptable => Path.Combine(root, "receiptable");

    /// <summary>Runs the work to its end in a process of its own, with the layer under it.</summary>
    public List<CutEntry> Run(Synchronisation synchronisation, int batches) => Run(EvidenceChild.Command, synchronisation.ToString(), batches.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs the work that a command of this assembly does.</summary>
    public List<CutEntry> Run(string command, params string[] arguments)
    {
        Directory.CreateDirectory(Folder);
        var start = new ProcessStartInfo(Environment.ProcessPath!, [command, root, .. arguments]) { RedirectStandardError = true };
        CutLayer.Put(start, Folder, Log, fault: null);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return CutLog.Read(Log);
    }

    /// <summary>Opens the store on what a cut left, appends to it, and says everything that does not hold.</summary>
    public List<string> Findings(Dictionary<string, byte[]> files, long position)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "cut")).FullName;
        try
        {
            foreach (var (name, bytes) in files)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }

            return Examine(folder, PowerCuts.Receiptable.Read(Receiptable).Where(r => r.Position <= position));
        }
        catch (Exception e) when (e is IOException or Microsoft.Data.Sqlite.SqliteException or InvalidOperationException)
        {
            return ["the store does not open: " + e.Message];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Examine(string folder, IEnumerable<Receiptable> receiptable)
    {
        using var other = new TestStation("ST-2");
        using var log = EvidenceLog.Open(folder, TimeProvider.System);
        log.Append([EvidenceChild.Arrival(other.Next())]);
        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(folder));
        var digests = TestIngest.DigestsOf(evidence);
        var findings = receiptable.Where(r => r.Log.Size >= digests.Count || TestIngest.RootOf(digests.Take((int)r.Log.Size)) != r.Log.Root || digests[(int)r.Log.Size - 1] != r.Digest).Select(r => $"lost {r}").ToList();
        if (log.Checkpoint != new LogCheckpoint(digests.Count, TestIngest.RootOf(digests)))
        {
            findings.Add("the checkpoint is not that of the rows");
        }

        return findings;
    }
}
