using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Tests.Standards;

public sealed class ClassificationTests
{
    private static readonly ClassificationRule River = new(WaterBody.River, ClassRounding.None);

    [Fact]
    public void Of_FiveValues_IsTheWorstAndNamesEveryParameterAtIt()
    {
        var result = Classify(River, "w01001=7.2 w01009=8 w01019=4.5 w21003=0.7 w21011=0.05");

        Assert.Equal(WaterClass.III, result.Class);
        Assert.Equal(["w01019", "w21003"], result.DecidedBy);
        Assert.Empty(result.Missing);
    }

    [Fact]
    public void Of_WithoutARequiredValue_HasNoClassHoweverBadTheOthersAre()
    {
        var result = Classify(River, "w01001=9.5 w01009=8 w21003=0.7");

        Assert.Null(result.Class);
        Assert.Empty(result.DecidedBy);
        Assert.Equal(["w01019", "w21011"], result.Missing);
    }

    [Fact]
    public void Of_ValuesThatNobodyRequired_TakePartExceptNitrogenAndColiforms()
    {
        const string Five = "w01001=7.2 w01009=8 w01019=1 w21003=0.1 w21011=0.01 ";
        var lake = new ClassificationRule(WaterBody.Lake, ClassRounding.None);

        Assert.Equal(WaterClass.I, Classify(lake, Five + "w21001=50 w02003=90000 w01010=25 w01014=9000").Class);
        Assert.Equal(WaterClass.IV, Classify(lake, Five + "w01018=25").Class);
        Assert.Equal(WaterClass.WorseThanV, Classify(new(WaterBody.Lake, ClassRounding.None, ["w21001"]), Five + "w21001=50").Class);
    }

    [Fact]
    public void Of_NothingAtAll_HasNoClass() => Assert.Null(Classify(new(WaterBody.River, ClassRounding.None, []), "").Class);

    [Theory]
    [InlineData("w01019=4.00362", WaterClass.III, WaterClass.II)]
    [InlineData("w01019=4.05", WaterClass.III, WaterClass.II)]
    [InlineData("w01019=4.06", WaterClass.III, WaterClass.III)]
    [InlineData("w01009=7.46", WaterClass.II, WaterClass.I)]
    [InlineData("w01001=9.3", WaterClass.WorseThanV, WaterClass.I)]
    [InlineData("w21011=0.0204", WaterClass.II, WaterClass.I)]
    public void Of_WithEachRounding_RoundsOnlyWhereTheRuleSaysSo(string value, WaterClass none, WaterClass assessment)
    {
        var required = new[] { value[..6] };

        Assert.Equal(none, Classify(new(WaterBody.River, ClassRounding.None, required), value).Class);
        Assert.Equal(assessment, Classify(new(WaterBody.River, ClassRounding.Assessment, required), value).Class);
    }

    [Fact]
    public void Rule_ThatRequiresWhatHasNoLimit_IsRefusedByName() => Assert.Contains(
        "w21001",
        Assert.Throws<ArgumentException>(() => new ClassificationRule(WaterBody.River, ClassRounding.None, ["w21001"])).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("w21003", "0.2", "N", null, "0.2")]
    [InlineData("w21003", null, "N", null, null)]
    [InlineData("w21003", "0.2", "M", null, null)]
    [InlineData("w21003", "0.2", "Q", null, null)]
    [InlineData("w21003", "0.2", "Z", null, null)]
    [InlineData("w21003", null, "L", "0.025", "0.0125")]
    [InlineData("w21003", "0.025", "L", null, null)]
    [InlineData("w21011", null, "L", "0.02", "0.01")]
    [InlineData("w21011", null, "L", "0.03", null)]
    [InlineData("w21003", "2.5", "T", null, "2.5")]
    [InlineData("w21003", "1.9", "T", null, null)]
    [InlineData("w01001", "9.5", "T", null, "9.5")]
    [InlineData("w01001", "5.5", "T", null, null)]
    [InlineData("w01009", "1", "T", null, null)]
    public void TryUse_OfAFlaggedValue_GivesOnlyWhatTheFlagAllows(string parameter, string? value, string flag, string? limit, string? expected)
    {
        var used = FlaggedValue.TryUse(River, parameter, Parse(value), flag, Parse(limit), out var amount, out var reason);

        Assert.Equal(expected is not null, used);
        Assert.Equal(expected is null, reason.Length > 0);
        Assert.True(expected is null || amount == ExactDecimal.Parse(expected));
    }

    private static ExactDecimal? Parse(string? text) => text is null ? null : ExactDecimal.Parse(text);

    private static Classification Classify(ClassificationRule rule, string values) => Classification.Of(
        rule,
        values.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(v => v[..6], v => ExactDecimal.Parse(v[7..]), StringComparer.Ordinal));
}
