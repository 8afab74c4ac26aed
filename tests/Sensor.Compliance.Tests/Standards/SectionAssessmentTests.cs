using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Tests.Standards;

public sealed class SectionAssessmentTests
{
    [Fact]
    public void Of_EveryHandComputedCase_IsAsComputed() => MethodCases.Check("sections.json", 26, Check);

    [Theory]
    [InlineData("0.05", "0.05", "0.0")]
    [InlineData("0.051", "0.1", "0.1")]
    [InlineData("1.25", "1.2", "1.2")]
    [InlineData("1.35", "1.4", "1.4")]
    [InlineData("12", "12.0", "12.0")]
    public void Show_OfAMultiple_HasOneDecimalAndTheChosenRuleForSmallOnes(string multiple, string keepsOneDigit, string becomesZero)
    {
        Assert.Equal(keepsOneDigit, ExceedanceMultiple.Show(ExactDecimal.Parse(multiple), SmallValueRule.KeepsOneDigit));
        Assert.Equal(becomesZero, ExceedanceMultiple.Show(ExactDecimal.Parse(multiple), SmallValueRule.BecomesZero));
    }

    [Theory]
    [InlineData("w21003", "1.0", null)]
    [InlineData("w21003", "1.00001", "0.00001")]
    [InlineData("w20111", "0.0004", "3")]
    [InlineData("w01001", "12", null)]
    [InlineData("w01009", "1", null)]
    public void Multiple_OfAValue_IsItsExcessOverClassIIIInLimits(string parameter, string value, string? expected) =>
        Assert.Equal(expected, ExceedanceMultiple.Of(Gb3838.Limits(parameter, WaterBody.River)!, ExactDecimal.Parse(value))?.ToString());

    [Theory]
    [InlineData("w21003=1.0", "meets class III", "符合Ⅲ类")]
    [InlineData("w21003=2.1", "worse than class V", "劣于Ⅴ类")]
    [InlineData("", "not determinable", "无法判定")]
    public void Words_OfASection_SayWhatItMeets(string values, string words, string wordsZh)
    {
        var section = SectionAssessment.Of(new AssessmentMethod(WaterBody.River, ClassRounding.None, PhMeanRule.Arithmetic, [], ["w21003"]), MethodCases.Values(values));

        Assert.Equal((words, wordsZh), (section.Words, section.WordsZh));
    }

    [Fact]
    public void Of_ValuesInAnyOrder_IsTheSame() => Gen.Select(Waters.Section, Gen.Int).Sample((values, seed) =>
    {
        var shuffled = values.ToArray();
        new Random(seed).Shuffle(shuffled);
        var (one, two) = (SectionAssessment.Of(MethodCases.River, values), SectionAssessment.Of(MethodCases.River, new Dictionary<string, ExactDecimal>(shuffled)));
        return one.Class == two.Class && one.DecidedBy.SequenceEqual(two.DecidedBy) && one.MainPollutants.SequenceEqual(two.MainPollutants);
    });

    [Fact]
    public void Of_AWorseValue_NeverHasABetterClassOrGrade() => Gen.Select(Waters.Section, Waters.Indicator, Gen.Int[1, 5000]).Sample((values, indicator, thousandths) =>
    {
        var before = SectionAssessment.Of(MethodCases.River, values);
        var after = SectionAssessment.Of(MethodCases.River, Waters.Worsen(values, indicator, new ExactDecimal(thousandths, 3)));
        return after.Class >= before.Class && after.Grade >= before.Grade && after.MainPollutants.Count >= before.MainPollutants.Count;
    });

    [Fact]
    public void MainPollutants_OfAnySection_AreAtMostThreeSortedAndThereExactlyWhereClassIIIIsFailed() => Waters.Section.Sample(values =>
    {
        var section = SectionAssessment.Of(MethodCases.River, values);
        var rest = section.MainPollutants.Where(p => !p.IsPriority).ToList();
        return section.MainPollutants.Count <= 3
            && section.MainPollutants.Count > 0 == section.Class > WaterClass.III
            && section.MainPollutants.All(p => p.Class > WaterClass.III)
            && section.MainPollutants.Skip(section.MainPollutants.Count - rest.Count).SequenceEqual(rest)
            && rest.Select(p => p.Class).SequenceEqual(rest.Select(p => p.Class).OrderDescending());
    });

    private static void Check(JsonElement c)
    {
        var priority = c.Text("priority") switch
        {
            "ControlledFirst" => PriorityIndicators.ControlledFirst,
            "EveryMetal" => PriorityIndicators.EveryMetal,
            _ => PriorityIndicators.Named,
        };
        var method = MethodCases.Method(Enum.Parse<WaterBody>(c.Text("water")!), Enum.Parse<ClassRounding>(c.Text("rounding") ?? "None"), priority);
        var section = SectionAssessment.Of(method, MethodCases.Values(c.Text("values")!));

        Assert.Equal((c.Text("class"), c.Text("grade")), (section.Class?.Name(), section.Grade?.Name()));
        Assert.Equal(c.Text("main"), string.Join(", ", section.MainPollutants.Select(p => p.Show(SmallValueRule.KeepsOneDigit))));
        Assert.Equal(c.Text("mainZh") ?? "", string.Join("、", section.MainPollutants.Select(p => p.ShowZh(SmallValueRule.KeepsOneDigit))));
    }
}
