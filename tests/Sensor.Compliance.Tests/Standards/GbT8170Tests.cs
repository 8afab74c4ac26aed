using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Compliance.Tests.Arithmetic;
using Sensor.Contracts;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Standards;

public sealed class GbT8170Tests
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["temp"] = "w01010",
        ["ph"] = "w01001",
        ["do"] = "w01009",
        ["ec"] = "w01014",
        ["turb"] = "w01003",
        ["codmn"] = "w01019",
        ["nh3n"] = "w21003",
        ["tp"] = "w21011",
        ["tn"] = "w21001",
    };

    [Fact]
    public void Show_EveryPublishedValueAtItsHourlyDecimals_IsAsPublished()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/rounding/gbt8170_published.json")));
        Assert.Equal(1156, cases.RootElement.GetArrayLength());
        foreach (var published in cases.RootElement.EnumerateArray())
        {
            var decimals = ParameterCatalogue.Find(Codes[published.GetProperty("parameter").GetString()!])!.HourlyDecimals!.Value;
            var raw = published.GetProperty("raw").GetString()!;

            Assert.Equal(published.GetProperty("shown").GetString(), GbT8170.Show(ExactDecimal.Parse(raw), decimals, SmallValueRule.KeepsOneDigit));
        }
    }

    [Theory]
    [InlineData("0.0034", 3, "0.003", "0.003")]
    [InlineData("0.0035", 3, "0.004", "0.004")]
    [InlineData("0.0045", 3, "0.004", "0.004")]
    [InlineData("0.00005", 3, "0.00005", "0.000")]
    [InlineData("0.0005", 3, "0.0005", "0.000")]
    [InlineData("0.00025", 3, "0.0002", "0.000")]
    [InlineData("0.00035", 3, "0.0004", "0.000")]
    [InlineData("-0.00025", 3, "-0.0002", "0.000")]
    [InlineData("0.00051", 3, "0.001", "0.001")]
    [InlineData("0.000", 3, "0.000", "0.000")]
    [InlineData("0.4", 0, "0.4", "0")]
    [InlineData("2.5", 0, "2", "2")]
    [InlineData("-3.5", 0, "-4", "-4")]
    [InlineData("7", 2, "7.00", "7.00")]
    public void Show_WithEachRuleForSmallValues_IsAsSpecified(string value, int decimals, string keepsOneDigit, string becomesZero)
    {
        Assert.Equal(keepsOneDigit, GbT8170.Show(ExactDecimal.Parse(value), decimals, SmallValueRule.KeepsOneDigit));
        Assert.Equal(becomesZero, GbT8170.Show(ExactDecimal.Parse(value), decimals, SmallValueRule.BecomesZero));
    }

    [Fact]
    public void Round_AnyValue_MovesByAtMostHalfAStepAndOnlyOnce() => Gen.Select(Numbers.Measured, Gen.Int[0, 12]).Sample((value, decimals) =>
    {
        var rounded = GbT8170.Round(value, decimals, SmallValueRule.KeepsOneDigit);
        return (rounded - value).Abs() <= new ExactDecimal(5, decimals + 1)
            && rounded.Sign == value.Sign
            && GbT8170.Round(rounded, decimals, SmallValueRule.KeepsOneDigit) == rounded;
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public void Round_ToDecimalsOutOfRange_Throws(int decimals) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GbT8170.Round(ExactDecimal.One, decimals, SmallValueRule.BecomesZero));
}
