using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Tests.Standards;

public sealed class WaterIndexTests
{
    [Theory]
    [InlineData(WaterBody.River, "w21003", "1.0", "1")]
    [InlineData(WaterBody.River, "w21003", "0.25", "0.25")]
    [InlineData(WaterBody.River, "w21011", "0.05", "0.25")]
    [InlineData(WaterBody.Lake, "w21011", "0.05", "1")]
    [InlineData(WaterBody.River, "w01009", "8", "0.625")]
    [InlineData(WaterBody.River, "w01009", "2.5", "2")]
    [InlineData(WaterBody.River, "w01009", "0", null)]
    [InlineData(WaterBody.River, "w01001", "6.4", "0.6")]
    [InlineData(WaterBody.River, "w01001", "7", "0")]
    [InlineData(WaterBody.River, "w01001", "7.5", "0.25")]
    [InlineData(WaterBody.River, "w20119", "0.01", "0.2")]
    [InlineData(WaterBody.Lake, "w21001", "1", null)]
    public void CityIndex_OfOneIndicator_IsItsShareOfTheLimit(WaterBody waterBody, string parameter, string value, string? expected) =>
        Assert.Equal(expected, CityWaterQualityIndex.Of(waterBody, parameter, ExactDecimal.Parse(value))?.ToString());

    [Fact]
    public void CityIndex_OfSeveralIndicators_IsTheirSum()
    {
        // 0.25 + 0.625 + 3 ÷ 6 + 0.2 ÷ 1.0 + 0.05 ÷ 0.2
        var values = MethodCases.Values("w01001=7.5 w01009=8 w01019=3 w21003=0.2 w21011=0.05 w21001=9");

        Assert.Equal("1.825", CityWaterQualityIndex.Of(WaterBody.River, values, ClassificationRule.DefaultRequired).Index?.ToString());
    }

    [Fact]
    public void CityIndex_WithoutSomeValues_NamesThem()
    {
        var index = CityWaterQualityIndex.Of(WaterBody.River, MethodCases.Values("w01009=0 w01019=3"), ["w01019", "w01009", "w21003"]);

        Assert.Null(index.Index);
        Assert.Equal(["w01009", "w21003"], index.Missing);
        Assert.Throws<ArgumentException>(() => CityWaterQualityIndex.Of(WaterBody.River, MethodCases.Values(""), ["w21001"]));
    }

    [Fact]
    public void CityIndex_OfRiversAndLakes_WeighsThemByTheirSections()
    {
        // (4 · 3 + 7 · 1) ÷ 4
        Assert.Equal("4.75", CityWaterQualityIndex.OfCity(ExactDecimal.From(4), 3, ExactDecimal.From(7), 1).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => CityWaterQualityIndex.OfCity(ExactDecimal.One, 0, ExactDecimal.One, 1));
    }

    [Theory]
    [InlineData("w21003", WaterClass.III, "1.5", "1.5")]
    [InlineData("w21003", WaterClass.II, "1.5", "3")]
    [InlineData("w01001", WaterClass.III, "6.2", "0.8")]
    [InlineData("w01001", WaterClass.III, "9.5", "1.25")]
    public void StandardIndex_OfAValue_IsItsShareOfTheLimit(string parameter, WaterClass waterClass, string value, string expected) =>
        Assert.Equal(expected, StandardIndex.Of(Gb3838.Limits(parameter, WaterBody.River)!, waterClass, ExactDecimal.Parse(value)).ToString());

    /// <summary>At 20.4 °C the saturation is exactly 468 ÷ 52 = 9 mg/L; at 62 °C it is 5.</summary>
    [Theory]
    [InlineData("5", "8", "20.4", OxygenIndexFormula.TenMinusNine, "0.25")]
    [InlineData("5", "5", "20.4", OxygenIndexFormula.TenMinusNine, "1")]
    [InlineData("5", "4.9", "20.4", OxygenIndexFormula.TenMinusNine, "1.18")]
    [InlineData("5", "0", "20.4", OxygenIndexFormula.TenMinusNine, "10")]
    [InlineData("5", "11", "20.4", OxygenIndexFormula.TenMinusNine, "0.5")]
    [InlineData("5", "6", "62", OxygenIndexFormula.TenMinusNine, null)]
    [InlineData("5", "8", "20.4", OxygenIndexFormula.LimitOverValue, "0.625")]
    [InlineData("5", "4", "20.4", OxygenIndexFormula.LimitOverValue, "1.25")]
    [InlineData("6", "9", "20.4", OxygenIndexFormula.LimitOverValue, "0.66666666666666666667")]
    [InlineData("6", "9.3", "20.4", OxygenIndexFormula.LimitOverValue, "0.1")]
    [InlineData("5", "0", "20.4", OxygenIndexFormula.LimitOverValue, null)]
    [InlineData("5", "6", "62", OxygenIndexFormula.LimitOverValue, null)]
    public void StandardIndex_OfOxygen_FollowsTheChosenFormula(string limit, string value, string temperature, OxygenIndexFormula formula, string? expected) =>
        Assert.Equal(expected, StandardIndex.OfOxygen(ExactDecimal.Parse(limit), ExactDecimal.Parse(value), ExactDecimal.Parse(temperature), formula)?.ToString());

    /// <summary>An examination question prints 0.26, because it rounds the saturation to 8.7 first: 0.7 ÷ 2.7.</summary>
    [Fact]
    public void StandardIndex_OfOxygen_RoundsNothingOnTheWay() => Assert.Equal(
        "0.268",
        StandardIndex.OfOxygen(ExactDecimal.From(6), ExactDecimal.From(8), ExactDecimal.From(22), OxygenIndexFormula.TenMinusNine)!.Value.RoundHalfEven(3).ToString());

    [Fact]
    public void StandardIndex_OutOfItsRange_Throws()
    {
        Assert.Throws<ArgumentException>(() => StandardIndex.Of(Gb3838.Limits("w01009", WaterBody.River)!, WaterClass.III, ExactDecimal.One));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardIndex.OfOxygen(ExactDecimal.Zero, ExactDecimal.One, ExactDecimal.One, OxygenIndexFormula.TenMinusNine));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardIndex.OfOxygen(ExactDecimal.One, -ExactDecimal.One, ExactDecimal.One, OxygenIndexFormula.TenMinusNine));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardIndex.OfOxygen(ExactDecimal.One, ExactDecimal.One, ExactDecimal.From(-40), OxygenIndexFormula.TenMinusNine));
    }
}
