using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;

namespace WaterWatch.Bench;

/// <summary>
/// The survey: every section's year, classified by month and by year, with the index P; and, measured in turn on the same readings, the baseline.
/// </summary>
/// <param name="Sections">How many sections.</param>
/// <param name="Seed">The seed of their readings.</param>
/// <param name="Baseline">A straight exact sum over the same decimals.</param>
/// <param name="Assessed">The assessment.</param>
/// <param name="Digest">SHA-256 of all results, so that two machines can see that they computed the same.</param>
internal sealed record Survey(int Sections, int Seed, Figure Baseline, Figure Assessed, string Digest)
{
    /// <summary>Sections in memory at once: more than a processor's cache holds, so that both read from memory.</summary>
    private const int Block = 64;

    private static readonly SyntheticSection[] Memory = [.. Enumerable.Range(0, Block).Select(_ => new SyntheticSection())];
    private static readonly Agreement Agreement = AgreementDocument.Read("survey.json", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "survey.json")));
    private static readonly Window Window = Agreement.Windows.WindowOf(Agreement.InForceFrom, Agreement.Offset)!;
    private static readonly ClassificationRule Classes = new(WaterBody.River, ClassRounding.None);

    public static Survey Measure(int sections, int repetitions, int seed)
    {
        var (baseline, assessed) = (new List<double>(), new List<double>());
        for (var warming = 0; warming < 5; warming++)
        {
            Repeat(int.Min(sections, Block), seed, baselineFirst: true, out _, out _, out _);
        }

        var (readings, digest) = (0L, "");
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            readings = Repeat(sections, seed, repetition % 2 == 0, out var sum, out var decision, out digest);
            baseline.Add(sum);
            assessed.Add(decision);
        }

        return new Survey(sections, seed, new Figure("straight exact sum over the same decimals", baseline, readings), new Figure("means, classes by month and year, index P", assessed, readings), digest);
    }

    /// <summary>Both once over all sections, block by block in turn; inventing the readings and hashing the results is not measured.</summary>
    private static long Repeat(int sections, int seed, bool baselineFirst, out double baseline, out double assessed, out string digest)
    {
        (baseline, assessed) = (0, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var readings = 0L;
        for (var first = 0; first < sections; first += Block)
        {
            var block = Memory.AsSpan(0, int.Min(Block, sections - first));
            readings += Fill(block, seed, first);
            baseline += baselineFirst ? Sum(block) : 0;
            assessed += Assess(block, out var results);
            baseline += baselineFirst ? 0 : Sum(block);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', results.Select(Text))));
        }

        digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return readings;
    }

    private static long Fill(ReadOnlySpan<SyntheticSection> block, int seed, int first)
    {
        var readings = 0L;
        for (var i = 0; i < block.Length; i++)
        {
            block[i].Fill(seed, first + i);
            readings += block[i].Readings;
        }

        return readings;
    }

    private static double Sum(ReadOnlySpan<SyntheticSection> block)
    {
        var sums = new List<ExactDecimal>();
        var watch = Stopwatch.StartNew();
        foreach (var section in block)
        {
            foreach (var amounts in section.Plain)
            {
                sums.Add(ExactDecimal.Sum(amounts));
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        return sums.Count > 0 ? seconds : 0;
    }

    private static double Assess(ReadOnlySpan<SyntheticSection> block, out List<YearAssessment> results)
    {
        results = new List<YearAssessment>(block.Length);
        var watch = Stopwatch.StartNew();
        foreach (var section in block)
        {
            results.Add(YearAssessment.Of(Agreement, Agreement.Sections[0], Window, Classes, section.Amounts));
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static string Text(YearAssessment year) => string.Create(
        CultureInfo.InvariantCulture,
        $"{year.Result} {year.Index} {year.Class.Class} {string.Join(' ', year.Months.Select(m => m.Class.Class))} {string.Join(' ', year.Means.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Value))}");
}
