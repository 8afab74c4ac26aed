using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Standards;

public sealed class AssessmentMethodTests
{
    [Fact]
    public void All_Indicators_AreThe21OfTable1WithoutTemperatureNitrogenAndColiforms()
    {
        Assert.Equal(21, AssessmentIndicators.All.Count);
        Assert.Equal(["w01001", "w01009", "w01019", "w01018", "w01017", "w21003", "w21011", "w20122"], AssessmentIndicators.All.Take(8));
        Assert.All(AssessmentIndicators.All, p => Assert.NotNull(ParameterCatalogue.Find(p)));
        Assert.All(["w01010", "w21001", "w02003", "w01014", "x"], p => Assert.Null(AssessmentIndicators.IndicatorOf(p)));
        Assert.Equal("w20141", AssessmentIndicators.IndicatorOf("w20119"));
    }

    [Fact]
    public void Profiles_OfPriority_NameIndicatorsAndGrow()
    {
        Assert.All(PriorityIndicators.EveryMetal, p => Assert.Contains(p, AssessmentIndicators.All));
        Assert.Equal((3, 6, 8), (PriorityIndicators.Named.Count, PriorityIndicators.ControlledFirst.Count, PriorityIndicators.EveryMetal.Count));
        Assert.Subset(PriorityIndicators.ControlledFirst.ToHashSet(StringComparer.Ordinal), PriorityIndicators.Named.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("w21001")]
    [InlineData("w02003")]
    [InlineData("w01010")]
    public void Method_ThatRequiresWhatTakesNoPart_IsRefusedByName(string parameter)
    {
        var required = Assert.Throws<ArgumentException>(() => new AssessmentMethod(WaterBody.Lake, ClassRounding.None, PhMeanRule.Arithmetic, [], [parameter]));
        var priority = Assert.Throws<ArgumentException>(() => new AssessmentMethod(WaterBody.Lake, ClassRounding.None, PhMeanRule.Arithmetic, [parameter]));

        Assert.Equal(("required", "priority"), (required.ParamName, priority.ParamName));
        Assert.Contains(parameter, required.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Method_ThatRequiresArsenicUnderItsOtherCode_AcceptsEither()
    {
        var method = new AssessmentMethod(WaterBody.River, ClassRounding.None, PhMeanRule.Arithmetic, [], ["w20119"]);

        Assert.Equal(WaterClass.I, SectionAssessment.Of(method, MethodCases.Values("w20119=0.05")).Class);
        Assert.Equal(WaterClass.I, SectionAssessment.Of(method, MethodCases.Values("w20141=0.05")).Class);
    }
}
