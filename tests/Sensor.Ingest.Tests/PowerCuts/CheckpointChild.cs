using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>The process under trial: it appends, publishes checkpoints and writes down what somebody may have seen by then.</summary>
internal static class CheckpointChild
{
    public const string Command = "checkpoint-power-cut";

    private const int Openings = 2;

    /// <summary>Before the test runner sees the arguments.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetCommandLineArgs() is [_, Command, var root, var batches])
        {
            Work(new CheckpointTrial(root), int.Parse(batches, CultureInfo.InvariantCulture));
            Environment.Exit(0);
        }
    }

    /// <summary>The desk over the stores of a folder.</summary>
    public static CheckpointDesk Desk(string folder, ISigner key, CheckpointStore store, ISqlDatabase evidence) =>
        new(new IngestConfiguration { Deployment = "test", Operator = "anhui", DataDirectory = folder, KeyFile = "", Mqtt = new HostedBroker() }, key, store, evidence, NullLogger.Instance, TimeProvider.System);

    private static void Work(CheckpointTrial trial, int batches)
    {
        using var seen = new StreamWriter(trial.Seen) { AutoFlush = true };
        using var station = new TestStation("ST-1");
        using var key = SigningKey.LoadOrCreate(trial.Key);
        for (var opening = 0; opening < Openings; opening++)
        {
            using var log = EvidenceLog.Open(trial.Folder, TimeProvider.System);
            using var evidence = Database.OpenForReading(EvidenceLog.PathIn(trial.Folder));
            using var store = CheckpointStore.Open(trial.Folder);
            var desk = Desk(trial.Folder, key, store, evidence);
            for (var batch = 0; batch < batches; batch++)
            {
                log.Append([.. Enumerable.Range(0, 1 + (batch % 3)).Select(_ => EvidenceChild.Arrival(station.Next()))]);
                var note = desk.Issue();
                seen.WriteLine($"{new FileInfo(trial.Changes).Length}|{Convert.ToBase64String(note.Bytes.Span)}");
            }
        }
    }
}
