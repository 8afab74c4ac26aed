using System.Diagnostics;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts.Documents;

namespace WaterWatch.Bench;

/// <summary>The whole decision on a recorded year of one section (Jiekou): from observations to the outcome's bytes, trace and margins included.</summary>
/// <param name="Baseline">A straight exact sum over the same values.</param>
/// <param name="Assessed">Observations to bytes.</param>
/// <param name="Digest">The digest of the outcome.</param>
internal sealed record RecordedSection(Figure Baseline, Figure Assessed, string Digest)
{
    /// <summary>How often each is done within one time, so that the clock's resolution does not show.</summary>
    private const int Rounds = 20;

    public static RecordedSection Measure(int repetitions)
    {
        var agreement = AgreementDocument.Read("agreement", Bytes("xinanjiang-round-3-from-may.json"));
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "jiekou.csv"));
        var input = new AssessmentInput { Observations = [.. ObservationCsv.Read(reader).Select(l => l.ToObservation())] };
        ExactDecimal[] values = [.. input.Observations.Where(o => o.Value is not null).Select(o => ExactDecimal.From(o.Value!.Value))];
        var (baseline, assessed, digest) = (new List<double>(), new List<double>(), "");
        for (var warming = 0; warming < 10; warming++)
        {
            Time(() => digest = Decide(agreement, input));
        }

        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            baseline.Add(Time(() => ExactDecimal.Sum(values)));
            assessed.Add(Time(() => digest = Decide(agreement, input)));
        }

        return new RecordedSection(
            new Figure("straight exact sum over the same values", baseline, values.Length),
            new Figure("observations to outcome, with its trace", assessed, input.Observations.Count),
            digest);
    }

    private static string Decide(Agreement agreement, AssessmentInput input)
    {
        var outcome = Assessment.Assess(agreement, input).Single();
        return outcome.ToBytes().Length > 0 ? outcome.Digest.ToString() : "";
    }

    private static double Time<T>(Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            _ = work();
        }

        return watch.Elapsed.TotalSeconds / Rounds;
    }

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file));
}
