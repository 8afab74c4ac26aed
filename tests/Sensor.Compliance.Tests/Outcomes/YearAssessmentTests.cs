using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class YearAssessmentTests
{
    private static readonly ClassificationRule River = new(WaterBody.River, ClassRounding.None);

    public static TheoryData<string> Cases => [.. AssessmentCase.Names.Where(n => AssessmentCase.Read(n).Agreement.Rule is Sensor.Compliance.Rules.MeanRule)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AmountsThatCount_ComesToIndexAndMeansOfTheWholeDecision(string name)
    {
        var read = AssessmentCase.Read(name);
        foreach (var outcome in read.Assess())
        {
            var agreement = outcome.Agreement;
            var book = new EvidenceBook(agreement, read.Input);
            var section = agreement.FindSection(outcome.Section)!;
            var evidence = book.Of(section, outcome.Window);
            var amounts = evidence.Selection.Usable.GroupBy(u => u.Observation.Parameter).ToDictionary(
                g => g.Key, g => new SampledAmounts(g.Select(u => u.Observation.SampledTo).ToArray(), g.Select(u => u.Amount).ToArray()));

            var year = YearAssessment.Of(agreement, section, outcome.Window, River, amounts);

            Assert.Equal(outcome.Index, year.Index);
            Assert.Equal(evidence.Decide(agreement.Statistic.Value, agreement.Completeness).Result, year.Result);
            Assert.Equal(evidence.Measured.Means(agreement.Parameters.Select(p => p.Code)), year.Means);
            Assert.Equal(Classification.Of(River, year.Means).Class, year.Class.Class);
            Assert.Equal(outcome.Window.Periods().Select(p => p.From), year.Months.Select(m => m.Month));
        }
    }

    [Fact]
    public void Of_NoAmounts_IsIndeterminateAndHasNoClass()
    {
        var agreement = AssessmentCase.Read("too-few-months").Agreement;
        var window = agreement.Windows.WindowOf(agreement.InForceFrom, agreement.Offset)!;

        var year = YearAssessment.Of(agreement, agreement.Sections[0], window, River, new Dictionary<string, SampledAmounts>());

        Assert.Equal((OutcomeResult.Indeterminate, null), (year.Result, year.Index));
        Assert.All(year.Months.Select(m => m.Class).Append(year.Class), c => Assert.Equal((null, 5), (c.Class, c.Missing.Count)));
    }

    [Fact]
    public void Of_MomentsOutOfOrder_SaysSo()
    {
        var agreement = AssessmentCase.Read("too-few-months").Agreement;
        var window = agreement.Windows.WindowOf(agreement.InForceFrom, agreement.Offset)!;
        var start = window.Start;
        foreach (Instant[] moments in new Instant[][] { [start.PlusMilliseconds(1), start], [start.PlusMilliseconds(86_400_000), start] })
        {
            var amounts = new Dictionary<string, SampledAmounts> { ["w01019"] = new(moments, new ExactDecimal[2]) };
            Assert.Throws<ArgumentException>(() => YearAssessment.Of(agreement, agreement.Sections[0], window, River, amounts));
        }

        Assert.Throws<ArgumentException>(() => new SampledAmounts(new Instant[1], new ExactDecimal[2]));
    }
}
