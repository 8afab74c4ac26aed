using System.Globalization;

namespace WaterWatch.Bench.Evidence;

/// <summary><c>evidence</c>: what checkpoints, proofs and bundles cost, each beside a baseline of the same run.</summary>
internal static class EvidenceCommand
{
    public static Command Create()
    {
        var leaves = Number.Option("--leaves", "The size of the log for which proofs are made.", 1_000_000, 1_000, 50_000_000);
        var repetitions = Number.Option("--repetitions", "How often everything is measured, baseline and subject in turn.", 5, 1, 100);
        var command = new Command("evidence", "Appends with durable checkpoints, proofs from a large log, and the bundle of a year of one section.") { leaves, repetitions };
        command.SetAction(parsed => Run(parsed.GetValue(leaves), parsed.GetValue(repetitions)));
        return command;
    }

    private static int Run(int leaves, int repetitions)
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-bench-").FullName;
        try
        {
            var appending = CheckpointedAppends.Measure(folder, repetitions);
            Show("appends of one record", appending.Plain, appending.Plain);
            Show("appends of one record, each with a checkpoint", appending.Checkpointed, appending.Plain);
            var proofs = LargeLog.Measure(folder, leaves, repetitions);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a log of {leaves} records: first fill of the stored subtrees {proofs.FillSeconds:0.00} s, once"));
            Show("inclusion proof from all entries", proofs.FromAll, proofs.FromAll);
            Show("inclusion proof from stored subtrees", proofs.Inclusion, proofs.FromAll);
            Show("consistency proof from stored subtrees", proofs.Consistency, proofs.FromAll);
            var year = YearOfBundle.Measure(folder, repetitions);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bundle of a year: {year.Records} records, {year.Receipts} receipts, {year.Bytes} bytes, made in {year.MakeSeconds:0.00} s"));
            Show("the signatures of the bundle alone", year.Signatures, year.Signatures);
            Show("verifying the bundle, every signature", year.Verifying, year.Signatures);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Show(string name, Figure figure, Figure baseline) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-48} median {figure.Median * 1000,10:0.000} ms ({figure.Least * 1000:0.000} to {figure.Most * 1000:0.000}), {figure.ReadingsPerSecond,10:0} /s, ratio {(figure == baseline ? 1 : figure.RatioTo(baseline)):0.0000}"));
}
