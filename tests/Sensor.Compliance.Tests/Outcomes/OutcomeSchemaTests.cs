using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class OutcomeSchemaTests
{
    private const string Script =
        """
        import json, sys, jsonschema
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1], encoding="utf-8")))
        jsonschema.Draft202012Validator.check_schema(validator.schema)
        outcomes = json.load(sys.stdin.buffer)
        for i, outcome in enumerate(outcomes):
            for error in validator.iter_errors(outcome):
                print(i, list(error.absolute_path), error.message[:300])
        print(len(outcomes), "validated")
        """;

    [Fact]
    public async Task Assess_EveryCase_SatisfiesThePublishedSchema()
    {
        var outcomes = AssessmentCase.Names.SelectMany(n => AssessmentCase.Read(n).Assess()).ToList();

        Assert.Equal($"{outcomes.Count} validated\n", await Validate(outcomes.Select(o => o.Json)));
    }

    [Fact]
    public async Task Assess_CutOfStationsAsOfAMoment_SatisfiesThePublishedSchema()
    {
        var read = AssessmentCase.Read("synthetic-round-1");
        var cut = new Cut { Registry = Digest.Of("r"u8), Stations = [new CutStation("JK-1", LifeId.Create(), 12, Digest.Of("x"u8))], Samples = [new CutSamples(Digest.Of("s"u8), [Digest.Of("t"u8)])] };
        var outcome = Assert.Single(Assessment.Assess(read.Agreement, read.Input with { Cut = cut, AsOf = new Instant(1_600_000_000_001) }));

        Assert.Equal("1 validated\n", await Validate([outcome.Json]));
    }

    [Fact]
    public async Task Validate_MemberThatTheSchemaDoesNotKnow_IsRefused()
    {
        var outcome = AssessmentCase.Read("class-target").Assess()[0].Json.Without("tier").With("surprise", 1);

        Assert.Contains("surprise", await Validate([outcome]), StringComparison.Ordinal);
    }

    private static Task<string> Validate(IEnumerable<JsonObject> outcomes) => PythonScript.Run(
        ["-c", Script, Repository.PathOf("docs/outcome.schema.json")], CanonicalJson.Write(JsonList.Of(outcomes, o => o)), "python3-jsonschema");
}
