using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class AgreementDocumentTests
{
    private static readonly string Valid = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"));

    public static TheoryData<string> Published =>
        [.. new[] { "agreements", "demo/agreements" }.SelectMany(f => Directory.GetFiles(Repository.PathOf(f), "*.json"))
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Published))]
    public void Read_PublishedDocument_IsIllustrativeAndSaysWhyInBothLanguages(string path)
    {
        var agreement = AgreementDocument.Read(path, AssessmentCase.Bytes(path));

        Assert.True(agreement.Illustrative);
        Assert.Contains("invented", agreement.IllustrativeBecause!.En, StringComparison.Ordinal);
        Assert.Contains("虚构", agreement.IllustrativeBecause.Zh, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileNameWithoutExtension(path), agreement.Id);
        Assert.Equal(Digest.Of(AssessmentCase.Bytes(path)), agreement.Digest);
    }

    [Fact]
    public void Read_ManyMistakes_ReportsEveryOneWithPathAndRemedy()
    {
        var json = Valid
            .Replace("\"upstream\"", "\"upriver\"", StringComparison.Ordinal)
            .Replace("\"offset\": \"+08:00\"", "\"offset\": \"Beijing\"", StringComparison.Ordinal)
            .Replace("\"value\": \"0.90\"", "\"value\": 0.90", StringComparison.Ordinal)
            .Replace("\"compareOn\": \"raw\"", "\"compareOn\": \"raw\", \"compare\": \"raw\"", StringComparison.Ordinal)
            .Replace("\"payer\": \"up\"", "\"payer\": \"nobody\"", StringComparison.Ordinal)
            .Replace("\"to\": \"2020-12-31\"", "\"to\": \"2019-12-31\"", StringComparison.Ordinal);

        var problems = Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(json))).Problems;

        Assert.Equal(["parties[0].role", "inForce.to", "offset", "rule.k0.value", "rule.otherwise.pays.payer", "rule.compare"], problems.Select(p => p.Path));
        Assert.All(problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Theory]
    [InlineData("\"certainty\": \"known-high\"", "\"certainty\": \"known-medium\"")]
    [InlineData("\"certainty\": \"known-high\"", "\"certainty\": \"invented\"")]
    [InlineData("\"certainty\": \"known-high\"", "\"certainty\": \"inferred\"")]
    public void Read_UncertainNumberInADocumentThatIsNotIllustrative_IsRefusedWithTheRemedy(string certain, string uncertain)
    {
        var at = Valid.IndexOf(certain, StringComparison.Ordinal);
        var json = Valid[..at] + uncertain + Valid[(at + certain.Length)..];

        var problem = Assert.Single(Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(json))).Problems);

        Assert.Equal("illustrative", problem.Path);
        Assert.Contains("closeDays", problem.What, StringComparison.Ordinal);
        Assert.Contains("Set illustrative to true", problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"atMost\": { \"value\": \"0.95\"", "\"atMost\": { \"value\": \"1.05\"", "rule.tiers")]
    [InlineData("\"bonus\": { \"value\": \"100\"", "\"bonus\": { \"value\": \"201\"", "rule.tiers[0].pays.bonus")]
    [InlineData("\"roundIndexTo\": 3,", "\"roundIndexTo\": 21,", "rule.roundIndexTo")]
    [InlineData("\"roundIndexTo\": 3,\n    \"compareOn\": \"raw\"", "\"compareOn\": \"rounded\"", "rule.compareOn")]
    [InlineData("\"parameter\": \"w21001\"", "\"parameter\": \"w21003\"", "rule.terms")]
    [InlineData("\"parameter\": \"w21001\"", "\"parameter\": \"w01009\"", "rule.terms[3].parameter")]
    [InlineData("\"kind\": \"month\"", "\"kind\": \"fortnight\"", "window.kind")]
    [InlineData("\"illustrative\": false", "\"illustrative\": true", "illustrativeBecause")]
    [InlineData("\"flags\": \"national-surface-water\"", "\"flags\": \"all\"", "data.flags")]
    public void Read_OneMistake_NamesItsPlace(string right, string wrong, string path)
    {
        Assert.Contains(right, Valid, StringComparison.Ordinal);
        var json = Encoding.UTF8.GetBytes(Valid.Replace(right, wrong, StringComparison.Ordinal));

        var problems = Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", json)).Problems;

        Assert.Equal(path, Assert.Single(problems).Path);
    }

    [Fact]
    public void Read_Determinations_ReportsEveryMistake()
    {
        var json =
            """
            { "schema": "waterwatch/determinations/1", "determinations": [
              { "id": "a", "kind": "exempt", "section": "河口", "from": "2020-08-01T00:00:00+08:00", "to": "2020-08-01T00:00:00+08:00", "parameters": ["w01019"],
                "reason": { "code": "bad-luck", "en": "x", "zh": "x" }, "document": "d", "decidedBy": [] } ] }
            """;

        var problems = Assert.Throws<DocumentException>(() => Determinations.Read("d.json", Encoding.UTF8.GetBytes(json))).Problems;

        Assert.Equal(
            ["determinations[0].reason.code", "determinations[0].decidedBy", "determinations[0].to", "determinations[0].parameters"],
            problems.Select(p => p.Path));
    }
}
