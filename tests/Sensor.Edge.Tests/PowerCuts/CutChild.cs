using System.Globalization;
using System.Runtime.CompilerServices;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>The process under trial: this assembly, started with the work as its arguments. It appends, takes receipts and begins new runs.</summary>
internal sealed class CutChild(CutTrial trial, StreamWriter acknowledged, StationOutbox outbox)
{
    private const int BetweenReceipts = 3;

    /// <summary>Long work gets no receipts in the end, so that first receipted records are deleted for their room and then others are lost.</summary>
    private const int MostReceipted = 1_000;

    private static long _time = 1_700_000_000_000;

    /// <summary>Before the test runner sees the arguments.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetCommandLineArgs() is [_, CutTrial.Command, var root, var synchronisation, var runs, var records])
        {
            using var trial = new CutTrial(root);
            Work(trial, Enum.Parse<Synchronisation>(synchronisation), int.Parse(runs, CultureInfo.InvariantCulture), int.Parse(records, CultureInfo.InvariantCulture));
            Environment.Exit(0);
        }
    }

    private static void Work(CutTrial trial, Synchronisation synchronisation, int runs, int records)
    {
        using var acknowledged = new StreamWriter(trial.Acknowledgements) { AutoFlush = true };
        for (var run = 0; run < runs; run++)
        {
            using var outbox = StationOutbox.Open(trial.Narrow(trial.Folder), trial.Key, Some.Clock(), EdgeHost.Software, synchronisation);
            new CutChild(trial, acknowledged, outbox).Run(records);
            if (run % 2 == 0)
            {
                outbox.EndRun();
            }
        }
    }

    private void Run(int records)
    {
        Acknowledge("", outbox.LastSequence, DigestAt(outbox.Tail));
        for (var i = 0; i < records; i++)
        {
            var at = outbox.Append(Some.Body(i), new DriverPosition("archive", i.ToString(CultureInfo.InvariantCulture)));
            Acknowledge("", outbox.LastSequence, DigestAt(at));
            if (i % BetweenReceipts == BetweenReceipts - 1 && i < MostReceipted)
            {
                TakeReceipt();
            }
        }
    }

    private void TakeReceipt()
    {
        var receipt = new Receipt
        {
            Deployment = Some.Deployment,
            Station = Some.Station,
            Operator = "anhui",
            Run = outbox.Run,
            Through = outbox.LastSequence,
            ThroughDigest = DigestAt(outbox.Tail),
            Time = new Instant(_time++),
            LogSize = outbox.Tail,
            LogRoot = Digest.Of("log"u8),
        };
        var envelope = Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(receipt), trial.Operator);
        if (outbox.Accept("anhui", envelope.Bytes).Outcome != ReceiptOutcome.Accepted)
        {
            throw new InvalidOperationException("the receipt was not accepted");
        }

        Acknowledge("anhui", receipt.Through, envelope.Digest);
    }

    private void Acknowledge(string operatorId, long sequence, Digest digest) =>
        acknowledged.WriteLine(new Acknowledged(new FileInfo(trial.Log).Length, operatorId, outbox.Run, sequence, digest));

    private Digest DigestAt(long position) => Envelope.TryParse(outbox.Read([position], int.MaxValue)[0], out var envelope, out _)
        ? envelope.Digest
        : throw new InvalidOperationException("the record cannot be read");
}
