using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Standards;

public sealed class Gb3838Tests
{
    private static readonly ExactDecimal Little = ExactDecimal.Parse("0.0000000001");

    [Fact]
    public void ClassOf_AtAndJustBeyondEachLimit_IsTheBestClassThatTheValueMeets()
    {
        foreach (var row in Gb3838.Table1)
        {
            for (var waterClass = WaterClass.I; waterClass <= WaterClass.V; waterClass++)
            {
                var limit = row.Limit(waterClass);
                var best = Enum.GetValues<WaterClass>().First(c => row.Limit(c) == limit);
                var next = Enum.GetValues<WaterClass>().FirstOrDefault(c => c <= WaterClass.V && c > waterClass && row.Limit(c) != limit, WaterClass.WorseThanV);

                Assert.Equal(best, row.ClassOf(limit));
                Assert.Equal(next, row.ClassOf(row.IsMinimum ? limit - Little : limit + Little));
            }
        }
    }

    [Fact]
    public void Table1_EachRow_NamesAKnownParameterAndItsLimitsNeverGetStricter()
    {
        foreach (var row in Gb3838.Table1)
        {
            Assert.NotNull(ParameterCatalogue.Find(row.Parameter));
            var limits = Enumerable.Range(1, 5).Select(c => row.Limit((WaterClass)c)).ToList();
            Assert.Equal(row.IsMinimum ? limits.OrderDescending() : limits.Order(), limits);
        }
    }

    [Theory]
    [InlineData("5.99", WaterClass.WorseThanV)]
    [InlineData("6", WaterClass.I)]
    [InlineData("9.00", WaterClass.I)]
    [InlineData("9.008798", WaterClass.WorseThanV)]
    public void ClassOf_PH_IsClassIInsideItsRangeAndWorseThanVOutside(string value, WaterClass expected) =>
        Assert.Equal(expected, Gb3838.Limits("w01001", WaterBody.River)!.ClassOf(ExactDecimal.Parse(value)));

    [Theory]
    [InlineData("w21011", "0.05", WaterClass.II, WaterClass.III)]
    [InlineData("w01018", "15", WaterClass.I, WaterClass.I)]
    [InlineData("w20111", "0.00006", WaterClass.III, WaterClass.III)]
    public void ClassOf_InRiverAndLake_FollowsTheRowOfThatWater(string parameter, string value, WaterClass river, WaterClass lake)
    {
        Assert.Equal(river, Gb3838.Limits(parameter, WaterBody.River)!.ClassOf(ExactDecimal.Parse(value)));
        Assert.Equal(lake, Gb3838.Limits(parameter, WaterBody.Lake)!.ClassOf(ExactDecimal.Parse(value)));
    }

    [Theory]
    [InlineData("w21001", WaterBody.River)]
    [InlineData("w01010", WaterBody.Lake)]
    [InlineData("w01014", WaterBody.River)]
    public void Limits_WhereTable1HasNone_IsNull(string parameter, WaterBody waterBody) => Assert.Null(Gb3838.Limits(parameter, waterBody));

    [Fact]
    public void Names_OfEachClass_ReadBackInBothLanguages()
    {
        foreach (var waterClass in Enum.GetValues<WaterClass>())
        {
            Assert.True(WaterClassNames.TryParse(waterClass.Name(), out var english));
            Assert.True(WaterClassNames.TryParse(waterClass.NameZh(), out var chinese));
            Assert.Equal((waterClass, waterClass), (english, chinese));
        }

        Assert.Equal(("worse-than-V", "劣Ⅴ"), (WaterClass.WorseThanV.Name(), WaterClass.WorseThanV.NameZh()));
        Assert.False(WaterClassNames.TryParse("VI", out _));
    }
}
