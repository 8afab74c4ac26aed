using System.Runtime.CompilerServices;
using Sensor.Contracts;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>The process under trial: it appends, moves to an archive in the same folder, appends and moves again, and writes down what a receipt may say.</summary>
internal static class ArchiveChild
{
    public const string Command = "archive-power-cut";

    /// <summary>Before the test runner sees the arguments.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetCommandLineArgs() is [_, Command, var root])
        {
            Work(new EvidenceTrial(root));
            Environment.Exit(0);
        }
    }

    /// <summary>Moves everything that is there.</summary>
    public static void Move(string folder)
    {
        var configuration = new IngestConfiguration { Deployment = "test", Operator = "anhui", DataDirectory = folder, KeyFile = Path.Combine(folder, "none"), Mqtt = new HostedBroker() };
        using var archive = new StoreArchive(configuration, folder, remove: true, most: 3);
        Assert.All(archive.Run(new Instant(long.MaxValue / 2)), manifest => Assert.True(manifest.Count > 0));
    }

    private static void Work(EvidenceTrial trial)
    {
        using var receiptable = new StreamWriter(trial.Receiptable) { AutoFlush = true };
        using var station = new TestStation("ST-1");
        for (var round = 0; round < 2; round++)
        {
            using (var log = EvidenceLog.Open(trial.Folder, TimeProvider.System))
            {
                for (var record = 0; record < 4; record++)
                {
                    var result = log.Append([EvidenceChild.Arrival(station.Next())]);
                    var run = result.Runs.Single();
                    receiptable.WriteLine(new Receiptable(new FileInfo(trial.Log).Length, run.Run, run.Through, run.ThroughDigest!.Value, result.Checkpoint));
                }
            }

            Move(trial.Folder);
        }
    }
}
