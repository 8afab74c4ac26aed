using CsCheck;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Quality;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Quality;

/// <summary>Every test of a series on anything: it answers, in any order of the input, at any time, and a missing value never makes a pass.</summary>
public sealed class QualityPropertyTests
{
    private static readonly Gen<ExactDecimal> AnyNumber =
        Gen.Frequency((6, Gen.Long[0, 6].Select(n => new ExactDecimal(n, 0))), (2, Gen.Select(Gen.Long[-9_999, 9_999], Gen.Int[0, 3]).Select((m, s) => new ExactDecimal(m, s))));

    private static readonly Gen<ExactDecimal?> AnyValue = Gen.Frequency((5, AnyNumber.Select(n => (ExactDecimal?)n)), (1, Gen.Const((ExactDecimal?)null)));

    /// <summary>A point: value, partner, and the second at which it was taken; several may share one.</summary>
    private static readonly Gen<Point> AnyPoint = Gen.Select(AnyValue, AnyValue, Gen.Int[0, 40]).Select((value, partner, second) => new Point(value, partner, second));

    private static readonly Gen<Point[]> AnySeries = AnyPoint.Array[0, 12];

    private static readonly Gen<ExactDecimal> AnyThreshold = Gen.OneOf(Gen.Long[0, 4].Select(n => new ExactDecimal(n, 0)), Gen.Long[0, 400].Select(n => new ExactDecimal(n, 2)));

    private static readonly Gen<long> AnySpan = Gen.Long[0, 12].Select(s => s * 1000);

    private static readonly Gen<long?> AnyGap = Gen.OneOf(Gen.Const((long?)null), AnySpan.Select(s => (long?)s));

    /// <summary>The tests that look at neighbours in time and at nothing else but the clock's differences.</summary>
    private static readonly Gen<QualityTest> AnyTest =
        from low in AnyThreshold
        from more in AnyThreshold
        from span in AnySpan
        from longer in AnySpan
        from gap in AnyGap
        from least in Gen.Int[0, 4]
        from kind in Gen.Int[0, 12]
        select (QualityTest)(kind switch
        {
            0 => new TimeGapTest(span),
            1 => new GrossRangeTest(new Span(-more, low + more), new Span(ExactDecimal.Zero, low)),
            2 => new SpikeTest(low, low + more, SpikeMethod.Average, gap),
            3 => new SpikeTest(low, low + more, SpikeMethod.Differential, gap),
            4 => new RateOfChangeTest(new Rate(low), new Rate(low + more), gap),
            5 => new FlatLineTest(span, span + longer, low + new ExactDecimal(1, 2)),
            6 => new AttenuatedSignalTest(low + more, low, SpreadMeasure.StandardDeviation, span + 1000, least, longer),
            7 => new AttenuatedSignalTest(low + more, low, SpreadMeasure.Range, span + 1000, least, longer),
            8 => new AttenuatedSignalTest(low + more, low, (SpreadMeasure)(least % 2)),
            9 => new MultiVariateTest(new Rate(low), new Rate(more), gap),
            10 => new AmmoniaWithinTotalNitrogenTest(low),
            11 => new ConductivityJumpTest(low + new ExactDecimal(11, 1), low + more + ExactDecimal.From(2), gap),
            _ => new OxygenSaturationTest(new Span(low, low + more), null, new ExactDecimal(101_325, 3)),
        });

    [Fact]
    public void Check_AnySeries_AnswersForEveryPointAndSaysMissingWhereItIs() =>
        Gen.Select(AnyTest, AnySeries).Sample((test, series) =>
        {
            var results = test.Check(Input(test, series));
            return results.Count == series.Length
                && results.Zip(series).All(r => (r.First.Flag == QualityGrade.Missing) == (r.Second.Value is null))
                && results.All(r => r.Explanation.En.Length > 0 && r.Explanation.Zh.Length > 0);
        }, iter: 20_000);

    [Fact]
    public void Check_AnySeriesWithoutTimesOrInOddPlaces_Answers() =>
        Gen.Select(AnyTest, AnyValue.Array[0, 8], AnyValue.Array[8], Gen.Bool).Sample((test, values, others, keep) =>
        {
            var times = values.Select((_, i) => others[i] is null ? (Instant?)null : new Instant(keep ? long.MaxValue / 4 : -62_135_596_800_000)).ToList();
            var partner = others.Take(values.Length).ToList();
            return test.Check(new QualityInput { Values = values, Times = times, Partner = partner }).Count == values.Length
                && new LocationTest(ExactDecimal.One, DistanceMethod.Wgs84).Check(new QualityInput { Longitudes = values, Latitudes = partner }).Count == values.Length
                && new ClimatologyTest([new ClimatologyMember("week", new Span(ExactDecimal.Zero, ExactDecimal.One), default)], new UtcOffset(-480)).Check(new QualityInput { Values = values, Times = times }).Count == values.Length;
        }, iter: 2_000);

    [Fact]
    public void Check_AllTimesShifted_GivesTheSameResults() =>
        Gen.Select(AnyTest, AnySeries, Gen.Long[-1_000_000_000_000, 1_000_000_000_000]).Sample((test, series, shift) =>
        {
            var input = Input(test, series);
            var shifted = input with { Times = [.. input.Times!.Select(t => t?.PlusMilliseconds(shift))] };
            return test.Check(input).SequenceEqual(test.Check(shifted));
        }, iter: 5_000);

    [Fact]
    public void Check_ShuffledInput_GivesEveryPointTheSameResult() =>
        Gen.Select(AnyTest, AnySeries, Gen.Int).Where((test, _, _) => test is not TimeGapTest).Sample((test, series, seed) =>
        {
            var order = Enumerable.Range(0, series.Length).ToArray();
            new Random(seed).Shuffle(order);
            var results = test.Check(Input(test, series));
            var shuffled = test.Check(Input(test, [.. order.Select(i => series[i])]));

            // Points of one moment and amount cannot be told apart; each of their results is given as often.
            return Told(test, series, results).SequenceEqual(Told(test, [.. order.Select(i => series[i])], shuffled), StringComparer.Ordinal);
        }, iter: 5_000);

    [Fact]
    public void Check_AMissingValueMore_NeverTurnsAnotherPointIntoPass() =>
        Gen.Select(AnyTest, AnySeries, Gen.Int[0, 40]).Sample((test, series, second) =>
        {
            series = [.. series.DistinctBy(p => p.Second).Where(p => p.Second != second).OrderBy(p => p.Second)];
            var added = series.Append(new Point(null, null, second)).OrderBy(p => p.Second).ToArray();
            var at = Array.FindIndex(added, p => p.Second == second);
            var after = test.Check(Input(test, added)).Where((_, i) => i != at);
            return test.Check(Input(test, series)).Zip(after).All(NoNewPass);
        }, iter: 20_000);

    [Fact]
    public void Check_AValueThatGoesMissing_NeverTurnsAnotherPointIntoPass() =>
        Gen.Select(AnyTest, AnySeries.Where(s => s.Length > 0), Gen.Int[0, 11]).Where((test, _, _) => test is not TimeGapTest).Sample((test, series, lost) =>
        {
            series = [.. series.DistinctBy(p => p.Second).OrderBy(p => p.Second)];
            var without = series.ToArray();
            without[lost % series.Length] = without[lost % series.Length] with { Value = null };
            return test.Check(Input(test, series)).Zip(test.Check(Input(test, without))).All(NoNewPass);
        }, iter: 20_000);

    [Fact]
    public void Check_IdenticalVectorsWithAMissingValueMore_NeverTurnIntoPass() =>
        Gen.Select(Gen.Long[0, 1].Array[3, 24], Gen.Int[0, 23], Gen.Int[2, 4], Gen.Int[0, 3]).Sample((values, lost, suspect, more) =>
        {
            var test = new IdenticalVectorTest(suspect, suspect + more);
            var full = values.Chunk(3).Where(c => c.Length == 3).Select(c => c.Select(v => (ExactDecimal?)ExactDecimal.From(v)).ToArray()).ToArray();
            var holed = full.Select(c => c.ToArray()).ToArray();
            holed[lost / 3 % full.Length][lost % 3] = null;
            return test.Check(Vectors(full)).Zip(test.Check(Vectors(holed))).All(NoNewPass);
        }, iter: 20_000);

    private static QualityInput Vectors(ExactDecimal?[][] moments) => new()
    {
        Times = [.. moments.Select((_, i) => (Instant?)new Instant(i))],
        Vectors = Enumerable.Range(0, 3).ToDictionary(p => $"p{p}", p => (IReadOnlyList<ExactDecimal?>)[.. moments.Select(m => m[p])], StringComparer.Ordinal),
    };

    private static bool NoNewPass((QualityResult Before, QualityResult After) pair) =>
        pair.After.Flag != QualityGrade.Pass || pair.Before.Flag == QualityGrade.Pass;

    private static IEnumerable<string> Told(QualityTest test, Point[] series, IReadOnlyList<QualityResult> results) =>
        series.Zip(results, (p, r) => $"{p.Second} {p.Value} {(test.Required.HasFlag(QualityInputs.Partner) ? p.Partner : null)} {(int)r.Flag} {r.Explanation.En}").Order(StringComparer.Ordinal);

    private static QualityInput Input(QualityTest test, Point[] series) => new()
    {
        Values = [.. series.Select(p => p.Value)],
        Times = [.. series.Select(p => (Instant?)new Instant(p.Second * 1000L))],
        Partner = test.Required.HasFlag(QualityInputs.Partner) ? [.. series.Select(p => p.Partner)] : null,
    };

    private readonly record struct Point(ExactDecimal? Value, ExactDecimal? Partner, int Second);
}
