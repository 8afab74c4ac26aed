using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Explanations;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class TimeDocumentTests
{
    private static readonly string Valid = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/time-edge-in-neither/agreement.json"));

    [Fact]
    public void Read_Time_KeepsDriftWidthAndRule()
    {
        var time = Read(Valid).Data.Time!;

        Assert.Equal((100, 10, 3600, EdgeRule.Neither), (time.ClockDriftPpm.Value, time.LeastErrorMilliseconds.Value, time.WidestSeconds.Value, time.AtWindowEdge.Value));
    }

    [Fact]
    public void Read_AgreementWithoutTime_DemandsNothing() =>
        Assert.Null(Read(Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/time-not-demanded/agreement.json"))).Data.Time);

    [Theory]
    [InlineData("\"value\": \"neither\"", "\"value\": \"both\"", "data.time.atWindowEdge.value")]
    [InlineData("\"value\": \"100\",\n        \"source\"", "\"value\": \"1001\",\n        \"source\"", "data.time.clockDriftPpm.value")]
    [InlineData("\"value\": \"100\",\n        \"source\"", "\"value\": \"0.5\",\n        \"source\"", "data.time.clockDriftPpm.value")]
    [InlineData("\"value\": \"3600\"", "\"value\": \"0\"", "data.time.widestSeconds.value")]
    [InlineData("\"value\": \"3600\"", "\"value\": 3600", "data.time.widestSeconds.value")]
    [InlineData("\"leastErrorMilliseconds\"", "\"leastError\"", "data.time.leastErrorMilliseconds")]
    [InlineData("\"value\": \"10\",\n        \"source\"", "\"value\": \"60001\",\n        \"source\"", "data.time.leastErrorMilliseconds.value")]
    [InlineData("\"widestSeconds\"", "\"widest\"", "data.time.widest")]
    [InlineData("\"clockDriftPpm\"", "\"driftPpm\"", "data.time.clockDriftPpm")]
    [InlineData("\"value\": \"3600\",\n        \"source\": \"Case\",\n        \"certainty\": \"known-high\"", "\"value\": \"3600\",\n        \"source\": \"Case\",\n        \"certainty\": \"invented\"", "illustrative")]
    [InlineData("\"value\": \"3600\",\n        \"source\": \"Case\",", "\"value\": \"3600\",", "data.time.widestSeconds.source")]
    public void Read_OneMistake_NamesItsPlace(string right, string wrong, string path)
    {
        Assert.Contains(right, Valid, StringComparison.Ordinal);
        var document = Encoding.UTF8.GetBytes(Valid.Replace(right, wrong, StringComparison.Ordinal));
        var problems = Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", document)).Problems;
        Assert.Contains(path, problems.Select(p => p.Path));
    }

    [Theory]
    [InlineData("midpoint", "counts in the window that holds the middle of its interval.", "计入其时间区间中点所在的考核期。")]
    [InlineData("neither", "counts in neither.", "两个考核期均不采用。")]
    [InlineData("determination", "counts only once a determination confirms it", "经认定确认后方可采用")]
    public void Explain_Time_SaysEachRuleInBothLanguages(string rule, string english, string chinese)
    {
        var sentences = AgreementExplanation.Of(Read(Valid.Replace("\"value\": \"neither\"", $"\"value\": \"{rule}\"", StringComparison.Ordinal)));

        Assert.Contains(sentences, s => s.En.Contains("within 3600 seconds", StringComparison.Ordinal) && s.En.Contains("at most 100 millionths", StringComparison.Ordinal) && s.Zh.Contains("3600秒", StringComparison.Ordinal) && s.Zh.Contains("百万分之100", StringComparison.Ordinal) && s.En.Contains("at least 10 ms", StringComparison.Ordinal) && s.Zh.Contains("不小于10毫秒", StringComparison.Ordinal));
        Assert.Contains(sentences, s => s.En.Contains(english, StringComparison.Ordinal) && s.Zh.Contains(chinese, StringComparison.Ordinal));
    }

    private static Agreement Read(string document) => AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(document));
}
