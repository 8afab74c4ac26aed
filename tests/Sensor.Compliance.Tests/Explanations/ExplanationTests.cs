using Sensor.Compliance.Agreements;
using Sensor.Compliance.Explanations;
using Sensor.Compliance.Tests.Agreements;
using Sensor.Compliance.Tests.Outcomes;

namespace Sensor.Compliance.Tests.Explanations;

public sealed class ExplanationTests
{
    public static TheoryData<string> Published => AgreementDocumentTests.Published;

    [Theory]
    [MemberData(nameof(Published))]
    public void Of_PublishedDocument_SpeaksBothLanguagesAndNamesEveryPartyAndAmount(string path)
    {
        var agreement = Read(path);
        var lines = AgreementExplanation.Of(agreement);

        Assert.All(lines, l => Assert.False(string.IsNullOrWhiteSpace(l.En) || string.IsNullOrWhiteSpace(l.Zh)));
        Assert.All(agreement.Parties, p => Assert.Contains(lines, l => l.En.Contains(p.Id, StringComparison.Ordinal) && l.Zh.Contains(p.Name.Zh, StringComparison.Ordinal)));
        Assert.Equal(agreement.Uncertain.Count, AgreementExplanation.Uncertain(agreement).Count);
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Examples_OfPublishedDocument_AreDecidedByItsOwnRule(string path)
    {
        var agreement = Read(path);
        var examples = WorkedExamples.Of(agreement);

        Assert.NotEmpty(examples);
        Assert.All(examples, e => Assert.NotEmpty(e.Because.Zh));
        Assert.All(examples.SelectMany(e => e.Dues), d => Assert.Contains(agreement.Parties, p => p.Id == d.Payer));
    }

    [Fact]
    public void Examples_OfAnIndex_StandOnBothSidesOfEachLimit()
    {
        var examples = WorkedExamples.Of(Read("agreements/xinanjiang-round-2.json"));
        Assert.Equal(["better", "standard", "standard", "missed"], examples.Select(e => e.Dues.Single().Clause));
    }

    private static Agreement Read(string path) => AgreementDocument.Read(path, AssessmentCase.Bytes(path));
}
