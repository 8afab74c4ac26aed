using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Compliance.Tests.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Standards;

public sealed class DataStatisticsTests
{
    [Fact]
    public void Of_EveryHandComputedPeriod_IsAsComputed() => MethodCases.Check("periods.json", 10, CheckPeriod);

    [Fact]
    public void Of_EveryHandComputedProof_IsAsComputed() => MethodCases.Check("proofs.json", 13, c =>
    {
        List<CensoredValue> values = [.. MethodCases.Words(c.Text("values")!).Select(v =>
            v[0] == '<' ? CensoredValue.Below(ExactDecimal.Parse(v[1..])) : CensoredValue.Measured(ExactDecimal.Parse(v)))];
        var limits = Gb3838.Limits(c.Text("parameter")!, WaterBody.River)!;

        Assert.Equal(ExactDecimal.Parse(c.Text("mean")!), CensoredValue.MeanOf(values));
        Assert.Equal(c.Text("proof"), ComplianceProofs.Of(limits, Enum.Parse<WaterClass>(c.Text("class")!), CensoredValue.BoundsOfMean(values)).ToString());
    });

    [Fact]
    public void MeanOf_AnyValues_LiesWithinItsBoundsInAnyOrder() => Gen.Select(Gen.Bool, Gen.Int[1, 500]).List[1, 20].Sample(drawn =>
    {
        List<CensoredValue> values = [.. drawn.Select(d => d.Item1 ? CensoredValue.Below(new(d.Item2, 2)) : CensoredValue.Measured(new(d.Item2, 2)))];
        var (bounds, mean) = (CensoredValue.BoundsOfMean(values), CensoredValue.MeanOf(values));
        values.Reverse();
        return bounds.Least <= mean && mean <= bounds.Most && mean == CensoredValue.MeanOf(values);
    });

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void Below_ALimitThatIsNotAboveZero_Throws(string limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CensoredValue.Below(ExactDecimal.Parse(limit)));

    /// <summary>The table of 82号 and 90号: hourly and assessment decimals, - where there are none.</summary>
    [Theory]
    [InlineData("w01010 w01014 w01003", "1", "1")]
    [InlineData("w01001", "2", "0")]
    [InlineData("w01009 w01019 w01018", "2", "1")]
    [InlineData("w01017", "-", "1")]
    [InlineData("w21003", "3", "2")]
    [InlineData("w21011", "3", "3")]
    [InlineData("w21001 w01004", "2", "2")]
    [InlineData("w20128 w20141 w20119 w23002", "5", "4")]
    [InlineData("w20111", "6", "5")]
    [InlineData("w20115", "5", "5")]
    [InlineData("w20117 w20120 w21016 w21019 w20122 w20123 w21017", "4", "3")]
    [InlineData("w22001 w19002", "3", "2")]
    [InlineData("w01016 w19011", "0", "0")]
    [InlineData("w02003", "0", "-")]
    public void Decimals_OfEveryParameter_AreThoseOfTheDocuments(string parameters, string hourly, string assessment)
    {
        Assert.All(MethodCases.Words(parameters), p => Assert.Equal(hourly, StatisticalDecimals.Of(p, ValueUse.Hourly)?.ToString() ?? "-"));
        Assert.All(MethodCases.Words(parameters), p => Assert.Equal(assessment, StatisticalDecimals.Of(p, ValueUse.Assessment)?.ToString() ?? "-"));
    }

    [Fact]
    public void IsCertain_OfHourlyDecimals_HoldsForTheNineParametersOnly()
    {
        Assert.Equal(9, ParameterCatalogue.All.Count(p => StatisticalDecimals.IsCertain(p.Code, ValueUse.Hourly)));
        Assert.False(StatisticalDecimals.IsCertain("w20111", ValueUse.Hourly));
        Assert.True(StatisticalDecimals.IsCertain("w20111", ValueUse.Assessment));
        Assert.False(StatisticalDecimals.IsCertain("w02003", ValueUse.Assessment));
    }

    [Theory]
    [InlineData("w21003", "0.0045", ValueUse.Hourly, "0.004")]
    [InlineData("w21003", "0.145", ValueUse.Assessment, "0.14")]
    [InlineData("w21003", "0.155", ValueUse.Assessment, "0.16")]
    [InlineData("w21011", "0.00005", ValueUse.Assessment, "0.00005")]
    [InlineData("w01001", "8.5", ValueUse.Assessment, "8")]
    [InlineData("w01001", "9.5", ValueUse.Assessment, "10")]
    [InlineData("w02003", "123.4", ValueUse.Assessment, "123.4")]
    [InlineData("w99999", "1.23456", ValueUse.Hourly, "1.23456")]
    public void Round_OfAValue_GoesOnceToItsDecimals(string parameter, string value, ValueUse use, string expected) =>
        Assert.Equal(expected, StatisticalDecimals.Round(parameter, ExactDecimal.Parse(value), use).ToString());

    [Fact]
    public void Of_MonthsInAnyOrder_IsTheSameMean() => Gen.Select(Numbers.PH.Array[12], Gen.Int, Gen.Enum<PhMeanRule>()).Sample((values, seed, rule) =>
    {
        var shuffled = values.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Year(values) == Year(shuffled);

        PeriodMean Year(ExactDecimal[] months) => YearMean.Of(ParameterCatalogue.PH, [.. months.Select(m => new MonthOfYear(m))], rule);
    });

    [Fact]
    public void Of_AnotherNumberOfMonths_SaysHowMany()
    {
        Assert.Contains("11", Assert.Throws<ArgumentException>(() => YearMean.Of("w21003", new MonthOfYear[11], PhMeanRule.Arithmetic)).Message, StringComparison.Ordinal);
        Assert.Contains("4", Assert.Throws<ArgumentException>(() => QuarterMean.Of("w21003", new ExactDecimal?[4], PhMeanRule.Arithmetic)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => IndicatorMean.Of("w21003", [], PhMeanRule.Arithmetic));
    }

    private static void CheckPeriod(JsonElement c)
    {
        var months = MethodCases.Words(c.Text("months")!);
        var (parameter, rule) = (c.Text("parameter")!, Enum.Parse<PhMeanRule>(c.Text("phMean") ?? "Arithmetic"));
        List<ExactDecimal?> values = [.. months.Select(ExactDecimal? (m) => m is "-" or "ice" ? null : ExactDecimal.Parse(m))];
        var mean = months.Length == 3
            ? QuarterMean.Of(parameter, values, rule)
            : YearMean.Of(parameter, [.. values.Zip(months, (value, m) => new MonthOfYear(value, m == "ice"))], rule);

        Assert.Equal(c.Text("reason") ?? "", mean.Reason);
        Assert.Equal(c.Text("value") is { } value ? ExactDecimal.Parse(value).RoundHalfEven(15) : null, mean.Value?.RoundHalfEven(15));
        Assert.Equal(values.Count(v => v is not null), mean.Months);
    }
}
