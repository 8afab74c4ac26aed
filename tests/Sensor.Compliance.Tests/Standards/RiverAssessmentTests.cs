using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Tests.Standards;

public sealed class RiverAssessmentTests
{
    [Fact]
    public void Grade_OfEveryHandComputedShare_IsAsComputed() => MethodCases.Check("shares.json", 15, c => Assert.Equal(
        c.Text("grade"),
        new ClassShares(c.GetProperty("total").GetInt32(), c.GetProperty("good").GetInt32(), c.GetProperty("worst").GetInt32()).Grade.Name()));

    [Fact]
    public void Of_EveryHandComputedRiver_IsAsComputed() => MethodCases.Check("rivers.json", 8, Check);

    [Fact]
    public void Of_Classes_CountsThem()
    {
        var shares = ClassShares.Of([WaterClass.III, WaterClass.WorseThanV, WaterClass.I, WaterClass.V, WaterClass.IV, WaterClass.II, WaterClass.II]);

        Assert.Equal(new ClassShares(7, 4, 1), shares);
        Assert.Equal("57.14285714285714285714", shares.PercentAtLeastIII.ToString());
        Assert.Equal("14.28571428571428571429", shares.PercentWorseThanV.ToString());
    }

    [Fact]
    public void Of_NoSection_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => ClassShares.Of([]));
        Assert.Throws<ArgumentException>(() => RiverAssessment.Of(MethodCases.River, new Dictionary<string, IReadOnlyDictionary<string, ExactDecimal>>()));
    }

    [Fact]
    public void ShowZh_OfAShare_HasOneDecimal() => Assert.Equal("总磷(33.3%)", new PollutantShare("w21011", 2, 6).ShowZh());

    [Fact]
    public void Of_SectionsInAnyOrderAndUnderOtherNames_HasTheSameGradeAndPollutants() => Gen.Select(Waters.River, Gen.Int).Sample((river, seed) =>
    {
        var values = river.Values.ToArray();
        new Random(seed).Shuffle(values);
        var (one, two) = (RiverAssessment.Of(MethodCases.River, river), RiverAssessment.Of(MethodCases.River, Named(values)));
        return one.Grade == two.Grade && one.Shares == two.Shares && one.ByMeans?.Class == two.ByMeans?.Class && one.MainPollutants.SequenceEqual(two.MainPollutants);
    });

    [Fact]
    public void Of_AWorseValueAtOneSection_NeverHasABetterGrade() =>
        Gen.Select(Waters.River, Waters.Indicator, Gen.Int[1, 5000], Gen.Int[0, 8]).Sample((river, indicator, thousandths, which) =>
        {
            // A value where there was none can lower a mean, so only measured values get worse here.
            var values = river.Values.ToArray();
            var section = which % values.Length;
            if (!values[section].ContainsKey(indicator))
            {
                return true;
            }

            values[section] = Waters.Worsen(values[section], indicator, new ExactDecimal(thousandths, 3));
            return RiverAssessment.Of(MethodCases.River, Named(values)).Grade >= RiverAssessment.Of(MethodCases.River, river).Grade;
        });

    [Fact]
    public void Grade_OfAnyShares_NeverImprovesWhenASectionGetsWorse() => Gen.Enum<WaterClass>().Array[1, 30].SelectMany(
        classes => Gen.Int[0, classes.Length - 1].Select(which => (classes, which))).Sample(t =>
    {
        var worse = t.classes.Index().Select(c => c.Index == t.which && c.Item < WaterClass.WorseThanV ? c.Item + 1 : c.Item).ToList();
        return ClassShares.Of(worse).Grade >= ClassShares.Of(t.classes).Grade;
    });

    [Fact]
    public void Change_OfEveryHandComputedCase_IsAsComputed() => MethodCases.Check("changes.json", 13, c =>
    {
        var (before, after) = (Shares(c.Text("before")!), Shares(c.Text("after")!));

        Assert.Equal(c.Text("change"), RiverChange.Between(before, after).Name());
        Assert.Equal(c.Text("points"), RiverChange.Points(before, after).ToString());
        Assert.Equal(-(int)RiverChange.Between(before, after), (int)RiverChange.Between(after, before));
    });

    [Fact]
    public void Change_BetweenGrades_IsClearFromTwoOn()
    {
        foreach (var before in Enum.GetValues<WaterGrade>())
        {
            foreach (var after in Enum.GetValues<WaterGrade>())
            {
                var expected = (before - after) switch { 0 => "无明显变化", 1 => "有所好转", > 1 => "明显好转", -1 => "有所变差", _ => "明显变差" };
                Assert.Equal(expected, SectionChange.Between(before, after).NameZh());
            }
        }
    }

    private static void Check(JsonElement c)
    {
        var sections = c.GetProperty("sections").EnumerateObject()
            .ToDictionary(s => s.Name, s => MethodCases.Values(s.Value.GetString()!), StringComparer.Ordinal);
        var river = RiverAssessment.Of(MethodCases.River, sections);

        Assert.Equal(c.Text("by"), river.ByMeans is not null ? "means" : river.Shares is not null ? "shares" : "nothing");
        Assert.Equal(c.Text("grade"), river.Grade?.Name());
        Assert.Equal(c.Text("unassessed"), string.Join(' ', river.Unassessed));
        Assert.Equal(c.Text("main"), string.Join(", ", river.ByMeans is { } means
            ? means.MainPollutants.Select(p => p.Show(SmallValueRule.KeepsOneDigit))
            : river.MainPollutants.Select(p => p.Show())));
    }

    private static ClassShares Shares(string text) => MethodCases.Numbers(text) is [var total, var good, var worst]
        ? new ClassShares(total, good, worst)
        : throw new FormatException(text);

    private static Dictionary<string, IReadOnlyDictionary<string, ExactDecimal>> Named(IReadOnlyDictionary<string, ExactDecimal>[] sections) =>
        sections.Index().ToDictionary(s => $"other {s.Index}", s => s.Item, StringComparer.Ordinal);
}
