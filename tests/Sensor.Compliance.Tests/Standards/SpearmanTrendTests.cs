using System.Text;
using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Compliance.Tests.Arithmetic;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Standards;

public sealed class SpearmanTrendTests
{
    [Fact]
    public void Of_EveryHandComputedSeries_IsAsComputed() => MethodCases.Check("trends.json", 22, c =>
    {
        var trend = SpearmanTrend.Of([.. MethodCases.Words(c.Text("values")!).Select(ExactDecimal.Parse)], Enum.Parse<SpearmanTies>(c.Text("ties")!));

        Assert.Equal(c.GetProperty("direction").GetInt32(), trend.Direction);
        Assert.Equal(ExactDecimal.Parse(c.Text("coefficient")!).RoundHalfEven(15), trend.Coefficient.RoundHalfEven(15));
        Assert.Equal((Bool(c, "at5"), Bool(c, "at1")), (trend.SignificantAtFivePercent, trend.SignificantAtOnePercent));
    });

    [Fact]
    public async Task Of_SeededRandomSeries_AgreesWithPython()
    {
        var random = new Random(2011);
        var cases = Enumerable.Range(0, 400).Select(i => (Ties: (SpearmanTies)(i % 2), Values: Series(random))).ToList();

        var input = string.Join('\n', cases.Select(c =>
            $"{c.Ties} {Critical(c.Values.Count, SignificanceLevel.FivePercent)} {Critical(c.Values.Count, SignificanceLevel.OnePercent)} {string.Join(' ', c.Values)}"));
        var output = await PythonScript.Run([Repository.PathOf($"{MethodCases.Folder}/spearman.py")], Encoding.UTF8.GetBytes(input), "python3");

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(cases.Count, lines.Length);
        Assert.All(cases.Zip(lines), pair => Assert.Equal(pair.Second, Line(SpearmanTrend.Of(pair.First.Values, pair.First.Ties))));
    }

    [Theory]
    [InlineData(4, null, null)]
    [InlineData(5, "0.9", "1")]
    [InlineData(10, "0.564", "0.746")]
    [InlineData(11, "0.564", "0.746")]
    [InlineData(12, "0.506", "0.712")]
    [InlineData(29, "0.317", "0.448")]
    [InlineData(30, "0.306", "0.432")]
    [InlineData(500, "0.306", "0.432")]
    public void CriticalValue_OfSomePeriods_IsThatOfTheLastRowNotBeyond(int periods, string? five, string? one)
    {
        Assert.Equal(five, SpearmanCriticalValues.Of(periods, SignificanceLevel.FivePercent)?.ToString());
        Assert.Equal(one, SpearmanCriticalValues.Of(periods, SignificanceLevel.OnePercent)?.ToString());
    }

    [Fact]
    public void CriticalValues_OfEveryRow_AreThoseOfTheDescription()
    {
        var lines = File.ReadAllLines(Repository.PathOf("docs/assessment-method.md"));
        var (periods, five, one) = (Cells("| N |"), Cells("| W_p 0.05 |"), Cells("| W_p 0.01 |"));

        Assert.Equal((16, 16, 16), (periods.Length, five.Length, one.Length));
        Assert.All(periods.Zip(five, one), row =>
        {
            Assert.Equal(ExactDecimal.Parse(row.Second), SpearmanCriticalValues.Of(MethodCases.Numbers(row.First)[0], SignificanceLevel.FivePercent));
            Assert.Equal(ExactDecimal.Parse(row.Third), SpearmanCriticalValues.Of(MethodCases.Numbers(row.First)[0], SignificanceLevel.OnePercent));
        });

        string[] Cells(string start) =>
            [.. lines.Single(l => l.StartsWith(start, StringComparison.Ordinal))[start.Length..].TrimEnd('|').Split('|').Select(c => c.Trim()).Select(c => c[0] == '.' ? "0" + c : c)];
    }

    [Fact]
    public void CriticalValues_WithMorePeriods_NeverRise()
    {
        for (var n = 5; n < 40; n++)
        {
            Assert.True(SpearmanCriticalValues.Of(n + 1, SignificanceLevel.FivePercent) <= SpearmanCriticalValues.Of(n, SignificanceLevel.FivePercent));
            Assert.True(SpearmanCriticalValues.Of(n + 1, SignificanceLevel.OnePercent) <= SpearmanCriticalValues.Of(n, SignificanceLevel.OnePercent));
            Assert.True(SpearmanCriticalValues.Of(n, SignificanceLevel.FivePercent) < SpearmanCriticalValues.Of(n, SignificanceLevel.OnePercent));
        }
    }

    [Fact]
    public void Of_DistinctValues_IsTheSameByBothRulesAndTurnsWithTime() => Gen.Shuffle(Enumerable.Range(1, 14).ToArray()).Sample(order =>
    {
        List<ExactDecimal> values = [.. order.Select(v => ExactDecimal.From(v))];
        var trend = SpearmanTrend.Of(values, SpearmanTies.PlainFormula);
        values.Reverse();
        var reversed = SpearmanTrend.Of(values, SpearmanTies.CorrelationOfRanks);
        return trend.Coefficient == -reversed.Coefficient && trend.SignificantAtFivePercent == reversed.SignificantAtFivePercent;
    });

    [Fact]
    public void Of_AnyValues_OnePercentImpliesFivePercentAndTheScaleDoesNotMatter() => Numbers.Measured.List[5, 40].Sample(values =>
    {
        var trend = SpearmanTrend.Of(values, SpearmanTies.CorrelationOfRanks);
        return (trend.SignificantAtOnePercent == false || trend.SignificantAtFivePercent == true)
            && trend == SpearmanTrend.Of([.. values.Select(v => (v * ExactDecimal.From(7)) + ExactDecimal.One)], SpearmanTies.CorrelationOfRanks);
    });

    [Fact]
    public void Of_OneValue_SaysSo() => Assert.Throws<ArgumentException>(() => SpearmanTrend.Of([ExactDecimal.One], SpearmanTies.PlainFormula));

    /// <summary>A series of 5 to 40 values, many of them equal, with and without a trend.</summary>
    private static List<ExactDecimal> Series(Random random)
    {
        var (count, slope, kinds) = (random.Next(5, 41), random.Next(-2, 3), random.Next(1, 60));
        return [.. Enumerable.Range(0, count).Select(i => new ExactDecimal((slope * i) + random.Next(0, kinds), 2))];
    }

    private static string Critical(int periods, SignificanceLevel level) => SpearmanCriticalValues.Of(periods, level)!.Value.ToString();

    private static string Line(SpearmanTrend trend) => string.Join(
        ' ', trend.Direction, One(trend.SignificantAtFivePercent), One(trend.SignificantAtOnePercent), trend.Coefficient.RoundHalfEven(15).ToString(15));

    private static int One(bool? passes) => passes == true ? 1 : 0;

    private static bool? Bool(JsonElement c, string name) => c.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetBoolean() : null;
}
