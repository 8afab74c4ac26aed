using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Quality;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Quality;

/// <summary>What the published cases leave open: gaps, missing neighbours, edges, and the tests that they do not have.</summary>
public sealed class QualityTestTests
{
    [Fact]
    public void TimeGap_GapsMissingValuesAndTimesThatGoBack_AreTold()
    {
        Assert.Equal("2 1 4 4 1", new TimeGapTest(10_000).Flags(Some.At("0 10 21 20 20", "1 1 1 1 1")));
        Assert.Equal("2 9 4", new TimeGapTest(10_000).Flags(Some.At("0 8 16", "1 - 1")));
        Assert.Equal("2 9 2 1", new TimeGapTest(10_000).Flags(Some.At("0 - 5 6", "1 1 1 1")));
    }

    [Fact]
    public void GrossRange_EndsOfSpans_AreInside() =>
        Assert.Equal("4 3 1 1 3 4", new GrossRangeTest(Some.Span("0", "14"), Some.Span("6.00", "9")).Flags(Some.Series("-0.01 0 6 9.000 14 14.0000000000001")));

    [Fact]
    public void Spike_AtItsThreshold_PassesAndBesideAGapIsNotEvaluated()
    {
        Assert.Equal("2 1 2", new SpikeTest(Some.Number("0.1"), null).Flags(Some.Series("0.3 0.4 0.3")));
        Assert.Equal("2 3 2", new SpikeTest(Some.Number("0.1"), null).Flags(Some.Series("0.3 0.40000000000000000001 0.3")));
        Assert.Equal("2 2 4 2 2", new SpikeTest(null, Some.Number("1"), MaxGap: 10_000).Flags(Some.At("0 11 20 30 41", "0 9 0 9 0")));
        Assert.Equal("2", new SpikeTest(null, Some.Number("1")).Flags(Some.Series("5")));
    }

    [Fact]
    public void RateOfChange_MissingNeighbourGapAndSameMoment_AreTold()
    {
        Assert.Equal("1 9 2 3", new RateOfChangeTest(Some.PerSecond("1")).Flags(Some.Series("0 - 0 5")));
        Assert.Equal("1 2 1", new RateOfChangeTest(Some.PerSecond("1"), null, 10_000).Flags(Some.At("0 11 12", "0 90 90")));
        Assert.Equal("1 1 3", new RateOfChangeTest(Some.PerSecond("1")).Flags(Some.At("0 0 0", "5 5 6")));
    }

    [Theory]
    [InlineData("0.01111111111111111", 1)]
    [InlineData("0.0111111111111111", 3)]
    [InlineData("0.011111111111112", 1)]
    public void Rate_OfTenIn900Seconds_ExceedsAThresholdOnlyBeyondOnePartIn1e15(string threshold, int flag) =>
        Assert.Equal($"1 {flag}", new RateOfChangeTest(Some.PerSecond(threshold)).Flags(Some.Series("0 10", 900)));

    [Fact]
    public void FlatLine_AfterAGapOrWithMissingValues_IsNotEvaluatedUnlessItMoved()
    {
        var test = new FlatLineTest(3000, 5000, Some.Number("0.1"));
        Assert.Equal("1 1 1 3 3 4", test.Flags(Some.Series("5 5 5 5 5 5")));
        Assert.Equal("1 1 1 2 2 2", test.Flags(Some.At("0 1 2 100 101 102", "5 5 5 5 5 5")));
        Assert.Equal("1 9 2 3 2 4", test.Flags(Some.Series("5 - 5 5 5 5")));
        Assert.Equal("1 1 1 1", test.Flags(Some.Series("5 5 5 5.1")));
        Assert.Equal("1 1 1 1 1", test.Flags(Some.At("0 1 2 3 3", "5 5 5 5 9")));
    }

    [Fact]
    public void AttenuatedSignal_MissingValues_NeverMakeAPass()
    {
        Assert.Equal("1 1 1", new AttenuatedSignalTest(Some.Number("0.8"), Some.Number("0.1")).Flags(Some.Series("1 2 3")));
        Assert.Equal("2 2 2 9", new AttenuatedSignalTest(Some.Number("0.8"), Some.Number("0.1")).Flags(Some.Series("1 2 3 -")));
        Assert.Equal("1 1 1 9", new AttenuatedSignalTest(Some.Number("2"), Some.Number("0.1"), SpreadMeasure.Range).Flags(Some.Series("1 2 3 -")));
    }

    [Fact]
    public void AttenuatedSignal_AtTheVeryDeviation_IsNotBelow() =>
        Assert.Equal("1 1 1 1", new AttenuatedSignalTest(Some.Number("1"), Some.Number("1")).Flags(Some.Series("3 5 5 3")));

    [Fact]
    public void Climatology_Seasons_FollowTheCalendarsOffsetAndTheLastFittingMember()
    {
        var january = new ClimatologyMember("month", Some.Span("1", "1"), Some.Span("0", "5"));
        QualityInput newYear = new() { Values = Some.Numbers("9"), Times = [new Instant(1_577_808_000_000)] };
        Assert.Equal("2", new ClimatologyTest([january]).Flags(newYear));
        Assert.Equal("3", new ClimatologyTest([january], new UtcOffset(480)).Flags(newYear));
        Assert.Equal("1", new ClimatologyTest([january, january with { Expected = Some.Span("0", "9") }], new UtcOffset(480)).Flags(newYear));
        Assert.Equal("4", new ClimatologyTest([january with { Possible = Some.Span("0", "8") }], new UtcOffset(480)).Flags(newYear));
    }

    [Theory]
    [InlineData("year", 2020)]
    [InlineData("quarter", 4)]
    [InlineData("month", 12)]
    [InlineData("week", 53)]
    [InlineData("dayofyear", 366)]
    [InlineData("dayofweek", 3)]
    public void Climatology_EveryPeriod_NumbersTheLastDayOf2020(string period, int number)
    {
        Assert.True(Instant.TryParse("2020-12-31T12:00:00Z", out var day));
        var test = new ClimatologyTest([new ClimatologyMember(period, new Span(ExactDecimal.From(number), ExactDecimal.From(number)), Some.Span("0", "1"))]);
        Assert.Equal("1", test.Flags(new QualityInput { Values = Some.Numbers("1"), Times = [day] }));
    }

    [Fact]
    public void MultiVariate_AFastChange_IsSuspectOnlyWhereThePartnerStood()
    {
        var test = new MultiVariateTest(Some.PerSecond("1"), Some.PerSecond("0.5"));
        Assert.Equal("2 1 3 1 2", test.Flags(Some.Series("0 0 5 0 5", partner: "20 20 20 21 -")));
        Assert.Equal("2 1", test.Flags(Some.Series("0 0", partner: "- -")));
    }

    [Fact]
    public void Neighbour_TooFar_IsSuspectAndWithoutAValueNotEvaluated() =>
        Assert.Equal("1 3 2 9", new NeighbourTest(Some.Number("0.5")).Flags(Some.Series("2 2 2 -", partner: "2.5 2.51 - 2")));

    [Fact]
    public void OxygenSaturation_AtItsLimits_IsComparedExactly()
    {
        // 468 ÷ (31.6 + 15.2) is 10 mg/L.
        var test = new OxygenSaturationTest(Some.Span("20", "150"), Some.Span("0", "200"), Some.Number("101.325"));
        Assert.Equal("1 3 3 4 3 1 9", test.Flags(Some.Series("15 15.000001 20 20.000001 1.999999 2 -", partner: "15.2 15.2 15.2 15.2 15.2 15.2 15.2")));
        Assert.Equal("2 2 2", test.Flags(Some.Series("9 9 9", partner: "- 60.1 -5.1")));
        Assert.Equal("3", (test with { Pressure = Some.Number("101.3") }).Flags(Some.Series("15", partner: "15.2")));
    }

    [Fact]
    public void ConductivityJump_TenfoldEitherWay_IsSuspect()
    {
        var test = new ConductivityJumpTest(ExactDecimal.From(10), ExactDecimal.From(1000));
        Assert.Equal("2 3 3 1 4 4 1 9 2 2", test.Flags(Some.Series("20 200 20 199.9 0 5 5 - 5 -5")));
        Assert.Equal("2 1", test.Flags(Some.Series("0 0")));
    }

    [Fact]
    public void IdenticalVector_MissingValues_LeaveItOpenAndADifferenceIsCertain()
    {
        Assert.Equal("1 1 3 3 4 1", Vectors("7 7 7 7 7 7", "9 9 9 9 9 9.1"));
        Assert.Equal("1 1 2 2 2 3", Vectors("7 7 7 7 7 7", "9 9 - 9 9 9"));
        Assert.Equal("1 1 9 2 2 3", Vectors("7 7 - 7 7 7", "9 9 - 9 9 9"));
        Assert.Equal("1 1 1", Vectors("7 7 7", "1 2 3"));

        static string Vectors(string one, string other) => new IdenticalVectorTest().Flags(new QualityInput
        {
            Times = [.. one.Split(' ').Select((_, i) => (Instant?)new Instant(i))],
            Vectors = new Dictionary<string, IReadOnlyList<ExactDecimal?>>(StringComparer.Ordinal) { ["a"] = Some.Numbers(one), ["b"] = Some.Numbers(other) },
        });
    }

    [Fact]
    public void Location_AfterAMissingPosition_IsNotEvaluated() =>
        Assert.Equal("1 9 2 4 2 1", new LocationTest(ExactDecimal.From(1000)).Flags(new QualityInput
        {
            Longitudes = Some.Numbers("118 - 118 181 118 118"),
            Latitudes = Some.Numbers("29 - 29 29 29 29"),
        }));

    [Fact]
    public void Check_WithoutWhatItNeedsOrOtherLengths_Throws()
    {
        Assert.Throws<ArgumentException>(() => new FlatLineTest(1, 2, ExactDecimal.One).Check(new QualityInput { Values = [null] }));
        Assert.Throws<ArgumentException>(() => new FlatLineTest(1, 2, ExactDecimal.One).Check(new QualityInput { Values = [null], Times = [] }));
    }

    [Fact]
    public void Explanation_InBothLanguages_NamesTheNumbersThatDecided()
    {
        var result = new RateOfChangeTest(Some.PerSecond("0.5")).Check(Some.Series("1.2 9", 2))[1];
        Assert.Equal("1.2 to 9 in 2 s is faster than 0.5 per second", result.Explanation.En);
        Assert.Equal("2 秒内由 1.2 变为 9，快于每秒 0.5", result.Explanation.Zh);
    }
}
