using System.Text;
using System.Text.Json.Nodes;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts.Documents;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Agreements;

public sealed class AgreementSchemaTests
{
    private const string Script =
        """
        import json, sys, jsonschema
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1], encoding="utf-8")))
        jsonschema.Draft202012Validator.check_schema(validator.schema)
        for name, document in json.load(sys.stdin.buffer).items():
            print(name, "holds" if validator.is_valid(document) else "is refused")
        """;

    private static IEnumerable<string> Documents =>
        new[] { "agreements", "demo/agreements", "tests/cases/assessments" }
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.json", SearchOption.AllDirectories))
            .Where(path => JsonNode.Parse(File.ReadAllBytes(path)) is JsonObject o && (string?)o["schema"] == AgreementDocument.Schema)
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal);

    [Fact]
    public async Task Schema_EveryDocumentOfTheRepository_Holds()
    {
        var documents = Documents.ToDictionary(d => d, d => JsonNode.Parse(AssessmentCase.Bytes(d)));

        Assert.True(documents.Count > 50);
        Assert.All(documents.Keys, d => AgreementDocument.Read(d, AssessmentCase.Bytes(d)));
        Assert.Equal(documents.Keys.Select(d => $"{d} holds"), await Validate(documents));
    }

    [Fact]
    public async Task Schema_DocumentThatTheReaderRefuses_IsRefusedToo()
    {
        var changed = new Dictionary<string, JsonNode?>();
        foreach (var (name, path, change) in Mistakes)
        {
            var document = JsonNode.Parse(AssessmentCase.Bytes(path))!;
            change(document);
            Assert.Throws<DocumentException>(() => AgreementDocument.Read(name, Encoding.UTF8.GetBytes(document.ToJsonString())));
            changed.Add(name, document);
        }

        Assert.Equal(changed.Keys.Select(name => $"{name} is refused"), await Validate(changed));
    }

    private static IEnumerable<(string Name, string Path, Action<JsonNode> Change)> Mistakes =>
    [
        ("unknown-member", Index, d => d["extra"] = 1),
        ("missing-offset", Index, d => d.AsObject().Remove("offset")),
        ("number-not-text", Index, d => d["rule"]!["k0"]!["value"] = 0.9),
        ("no-certainty", Index, d => d["closeDays"]!.AsObject().Remove("certainty")),
        ("one-party", Index, d => d["parties"]!.AsArray().RemoveAt(0)),
        ("unknown-rule", Index, d => d["rule"]!["kind"] = "auction"),
        ("thirteen-months", Index, d => d["window"]!["startMonth"] = 13),
        ("unknown-measure-kind", Clauses, d => d["rule"]!["measures"]![0]!["kind"] = "median"),
        ("two-comparisons", Clauses, d => d["rule"]!["target"] = JsonNode.Parse("""{ "measure": "class", "atMost": "three", "below": "three" }""")),
        ("unknown-schedule", Clauses, d => d["rule"]!["clauses"]![0]!["amount"]!["kind"] = "lottery"),
        ("clause-without-payee", Clauses, d => d["rule"]!["clauses"]![0]!.AsObject().Remove("payee")),
    ];

    private const string Index = "agreements/xinanjiang-round-3.json";
    private const string Clauses = "agreements/henan-shandong-1.json";

    private static async Task<IEnumerable<string>> Validate(Dictionary<string, JsonNode?> documents)
    {
        var input = new JsonObject(documents.Select(d => KeyValuePair.Create(d.Key, d.Value)));
        var output = await PythonScript.Run(["-c", Script, Repository.PathOf("docs/agreement.schema.json")], Encoding.UTF8.GetBytes(input.ToJsonString()), "python3-jsonschema");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
