using System.Globalization;
using System.Runtime.CompilerServices;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>The process under trial: this assembly, started with the work as its arguments. It appends and writes down what a receipt may say then.</summary>
internal static class EvidenceChild
{
    public const string Command = "evidence-power-cut";

    private const int Openings = 3;

    /// <summary>Before the test runner sees the arguments.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetCommandLineArgs() is [_, Command, var root, var synchronisation, var batches])
        {
            Work(new EvidenceTrial(root), Enum.Parse<Synchronisation>(synchronisation), int.Parse(batches, CultureInfo.InvariantCulture));
            Environment.Exit(0);
        }
    }

    private static void Work(EvidenceTrial trial, Synchronisation synchronisation, int batches)
    {
        using var receiptable = new StreamWriter(trial.Receiptable) { AutoFlush = true };
        using var station = new TestStation("ST-1");
        for (var opening = 0; opening < Openings; opening++)
        {
            using var log = EvidenceLog.Open(trial.Folder, TimeProvider.System, null, synchronisation);
            for (var batch = 0; batch < batches; batch++)
            {
                var result = log.Append([.. Enumerable.Range(0, 1 + (batch % 3)).Select(_ => Arrival(station.Next()))]);
                var run = result.Runs.Single();
                receiptable.WriteLine(new Receiptable(new FileInfo(trial.Log).Length, run.Run, run.Through, run.ThroughDigest!.Value, result.Checkpoint));
            }
        }
    }

    public static RecordArrival Arrival(Envelope envelope) =>
        RecordCodec.TryDecode(envelope.Payload, out var decoded, out var refusal) ? new RecordArrival("topic", envelope, decoded) : throw new FormatException(refusal.Detail);
}
