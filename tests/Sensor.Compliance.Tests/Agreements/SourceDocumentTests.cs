using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class SourceDocumentTests
{
    private static readonly string Valid = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/source-joint-stands-in/agreement.json"));
    private static readonly string Limited = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/maintenance-share-confirmed/agreement.json"));

    [Fact]
    public void Read_Sources_KeepsTheirOrderAndTheAgreedTrust()
    {
        var sources = AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(Valid)).Data.Sources!;

        Assert.Equal(["automatic", "joint"], sources.Sources.Select(s => s.Id));
        Assert.Equal(SubstitutionSpan.Month, sources.Span);
        Assert.All(sources.Sources, s => Assert.Equal(3, s.Trust.Count));
        Assert.Equal(["lab-up", "lab-down"], sources.Sources[1].Joint!.Halves);
    }

    [Theory]
    [InlineData("\"substitute\": \"month\"", "\"substitute\": \"week\"", "data.substitute")]
    [InlineData("\"substitute\": \"month\",", "", "data.substitute")]
    [InlineData("\"substitute\": \"month\"", "\"substitute\": \"month\", \"series\": []", "data.series")]
    [InlineData("\"id\": \"joint\"", "\"id\": \"automatic\"", "data.sources")]
    [InlineData("\"id\": \"joint\"", "\"id\": \"Joint!\"", "data.sources[1].id")]
    [InlineData("\"ST-B\"", "\"lab-up\"", "data.sources")]
    [InlineData("\"ST-B\"", "\"joint\"", "data.sources")]
    [InlineData("[\"ST-A\", \"ST-B\"]", "[]", "data.sources[0].series")]
    [InlineData("\"joint\": {", "\"series\": [\"x\"], \"joint\": {", "data.sources[1].series")]
    [InlineData("\"joint\": {", "\"trust\": [\"hearsay\"], \"joint\": {", "data.sources[1].trust[0]")]
    [InlineData("[\"lab-up\", \"lab-down\"]", "[\"lab-up\"]", "data.sources[1].joint.halves")]
    [InlineData("[\"lab-up\", \"lab-down\"]", "[\"lab-up\", \"lab-down\", \"lab-x\"]", "data.sources[1].joint.halves")]
    [InlineData("[\"lab-up\", \"lab-down\"]", "[\"lab-up\", \"lab-up\"]", "data.sources")]
    [InlineData("[\"lab-up\", \"lab-down\"]", "[\"lab-up\", \"mean\"]", "data.sources[1].joint.halves[1]")]
    [InlineData("\"reserve\": \"lab-reserve\"", "\"reserve\": \"lab-up\"", "data.sources")]
    [InlineData("\"value\": \"mean\"", "\"value\": \"median\"", "data.sources[1].joint.value")]
    [InlineData("\"parameter\": \"w01019\", \"percent\"", "\"parameter\": \"w21003\", \"percent\"", "data.sources[1].joint.tolerance")]
    [InlineData("\"parameter\": \"w01019\", \"percent\"", "\"parameter\": \"w01019\", \"percents\"", "data.sources[1].joint.tolerance[0]")]
    [InlineData("\"percent\": { \"value\": \"20\"", "\"percent\": { \"value\": \"201\"", "data.sources[1].joint.tolerance[0].percent.value")]
    [InlineData("\"percent\": { \"value\": \"20\"", "\"absolute\": { \"value\": \"-1\"", "data.sources[1].joint.tolerance[0].absolute.value")]
    public void Read_OneMistakeInTheSources_NamesItsPlace(string right, string wrong, string path) => AssertNames(Valid, right, wrong, path);

    [Theory]
    [InlineData("\"maintenancePercent\": { \"value\": \"25\"", "\"maintenancePercent\": { \"value\": \"101\"", "limits.maintenancePercent.value")]
    [InlineData("\"limits\": {", "\"limits\": { \"spikePercent\": 1,", "limits.spikePercent")]
    [InlineData("\"maintenancePercent\"", "\"lossPercent\"", "limits.readingsPerDay")]
    [InlineData("\"maintenancePercent\"", "\"readingsPerDay\": { \"value\": \"0\", \"source\": \"Case\", \"certainty\": \"known-high\" }, \"lossPercent\"", "limits.readingsPerDay.value")]
    [InlineData("\"series\": []", "\"series\": [], \"substitute\": \"day\"", "data.substitute")]
    [InlineData("\"series\": []", "\"sources\": [], \"substitute\": \"day\"", "data.sources")]
    public void Read_OneMistakeInTheLimits_NamesItsPlace(string right, string wrong, string path) => AssertNames(Limited, right, wrong, path);

    [Fact]
    public void Read_LimitsThatStateNothing_AreRefused()
    {
        var from = Limited.IndexOf("\"limits\": {", StringComparison.Ordinal);
        AssertNames(Limited, Limited[from..], "\"limits\": {} }", "limits");
    }

    [Fact]
    public void Read_PercentageOfPH_IsRefused() => AssertProblem(
        Valid.Replace("\"w01019\", \"unit\": \"mg/L\"", "\"w01001\", \"unit\": \"[pH]\"", StringComparison.Ordinal)
            .Replace("\"parameter\": \"w01019\"", "\"parameter\": \"w01001\"", StringComparison.Ordinal),
        "data.sources[1].joint.tolerance[0].percent");

    [Fact]
    public void Read_InventedTolerance_NeedsAnIllustrativeDocument()
    {
        var at = Valid.IndexOf("\"tolerance\"", StringComparison.Ordinal);
        var place = Valid.IndexOf("known-high", at, StringComparison.Ordinal);
        AssertProblem(Valid[..place] + "invented" + Valid[(place + "known-high".Length)..], "illustrative");
    }

    [Theory]
    [InlineData("1.62", "1.98", true)]
    [InlineData("1.98", "1.62", true)]
    [InlineData("1.62", "1.9800000000000000000000001", false)]
    [InlineData("0", "0", true)]
    [InlineData("0", "0.05", true)]
    [InlineData("0", "0.0500000000000000000000001", false)]
    public void Holds_AtAndBeyondTheBounds_IsExact(string first, string second, bool holds) => Assert.Equal(
        holds, Tolerance("20", "0.05").Holds(ExactDecimal.Parse(first), ExactDecimal.Parse(second)));

    [Fact]
    public void Read_DeterminationsOfTheNewKinds_ReportsEveryMistake()
    {
        const string Rest = """ "section": "河口", "from": "2020-08-01T00:00:00+08:00", "to": "2020-09-01T00:00:00+08:00", "reason": { "code": "x", "en": "x", "zh": "x" } """;
        var json = $$"""
            { "schema": "waterwatch/determinations/1", "determinations": [
              { "id": "a", "kind": "confirm", "use": "mean", "document": "d", "decidedBy": ["A"], {{Rest}} },
              { "id": "b", "kind": "substitute", "document": "d", "decidedBy": ["A"], {{Rest}} },
              { "id": "c", "kind": "acceptSample", "source": "joint", "decidedBy": [], {{Rest}} },
              { "id": "d", "kind": "confirm", "parameters": ["w01019"], "document": "d", "decidedBy": ["A"], {{Rest}} } ] }
            """;

        var problems = Assert.Throws<DocumentException>(() => Determinations.Read("d.json", Encoding.UTF8.GetBytes(json))).Problems;

        Assert.Equal(
            ["[0].use", "[1].source", "[2].document", "[2].decidedBy", "[2].source", "[2].use"],
            problems.Select(p => p.Path["determinations".Length..]));
    }

    private static HalfTolerance Tolerance(string percent, string absolute) =>
        new("w01019", new(ExactDecimal.Parse(percent), "Case", Certainty.Found), new(ExactDecimal.Parse(absolute), "Case", Certainty.Found));

    private static void AssertNames(string valid, string right, string wrong, string path)
    {
        Assert.Contains(right, valid, StringComparison.Ordinal);
        AssertProblem(valid.Replace(right, wrong, StringComparison.Ordinal), path);
    }

    private static void AssertProblem(string json, string path)
    {
        var problems = Assert.Throws<DocumentException>(() => AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(json))).Problems;

        Assert.Contains(path, problems.Select(p => p.Path));
        Assert.All(problems, p => Assert.NotEmpty(p.Remedy));
    }
}
