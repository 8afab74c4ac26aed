using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Quality;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class QualityDocumentTests
{
    private static readonly string Valid = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/quality-test-excludes/agreement.json"));

    [Fact]
    public void Read_QualityTests_KeepsNamesAndTheMildestFlag()
    {
        var quality = AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(Valid)).Data.Quality!;

        Assert.Equal(QualityGrade.Fail, quality.Exclude.Value);
        Assert.Equal(["range of the analyser", "ammonia_within_total_nitrogen"], quality.Tests.Select(t => t.Name));
        Assert.Equal(["w21003"], quality.Tests[1].Parameters);
    }

    [Theory]
    [InlineData("\"exclude\": { \"value\": \"fail\"", "\"exclude\": { \"value\": \"pass\"", "data.quality.exclude.value")]
    [InlineData("\"test\": \"gross_range\"", "\"test\": \"guess\"", "data.quality.tests[0].test")]
    [InlineData("\"test\": \"ammonia_within_total_nitrogen\"", "\"test\": \"location\"", "data.quality.tests[1].test")]
    [InlineData("\"parameter\": \"w01019\",\n          \"parameters\"", "\"parameter\": \"w01010\",\n          \"parameters\"", "data.quality.tests[0].parameter")]
    [InlineData("[\"0\", \"20\"]", "[\"20\", \"0\"]", "data.quality.tests[0].parameters.fail_span")]
    [InlineData("[\"0\", \"20\"]", "[0, 20]", "data.quality.tests[0].parameters.fail_span[0]")]
    [InlineData("\"suspect_span\"", "\"suspicious_span\"", "data.quality.tests[0].parameters.suspicious_span")]
    [InlineData("\"test\": \"gross_range\"", "\"sections\": [\"elsewhere\"], \"test\": \"gross_range\"", "data.quality.tests[0].sections")]
    [InlineData("\"range of the analyser\"", "\"ammonia_within_total_nitrogen\"", "data.quality.tests")]
    [InlineData("\"tolerance\": \"0\" }, \"source\": \"Case\"", "\"tolerance\": \"0\" }", "data.quality.tests[1].source")]
    [InlineData("\"tolerance\": \"0\" }, \"source\": \"Case\", \"certainty\": \"known-high\"", "\"tolerance\": \"0\" }, \"source\": \"Case\", \"certainty\": \"invented\"", "illustrative")]
    [InlineData("\"test\": \"gross_range\",", "\"test\": \"neighbour\", \"sections\": [\"河口\"], \"neighbour\": \"above\", \"within_s\": \"900\",", "data.quality.tests[0].test")]
    public void Read_OneMistake_NamesItsPlace(string right, string wrong, string path)
    {
        Assert.Contains(right, Valid, StringComparison.Ordinal);
        var document = Encoding.UTF8.GetBytes(Valid.Replace(right, wrong, StringComparison.Ordinal));
        var problems = Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", document)).Problems;
        Assert.Contains(path, problems.Select(p => p.Path));
    }
}
