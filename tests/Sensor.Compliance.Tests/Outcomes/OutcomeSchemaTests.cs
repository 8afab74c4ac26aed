using System.ComponentModel;
using System.Diagnostics;
using Sensor.Compliance.Outcomes;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class OutcomeSchemaTests
{
    private const string Validate =
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

        Assert.Equal($"{outcomes.Count} validated\n", await ValidateAll(outcomes.Select(o => o.Json)));
    }

    [Fact]
    public async Task Validate_MemberThatTheSchemaDoesNotKnow_IsRefused()
    {
        var outcome = AssessmentCase.Read("class-target").Assess()[0].Json.Without("tier").With("surprise", 1);

        Assert.Contains("surprise", await ValidateAll([outcome]), StringComparison.Ordinal);
    }

    private static async Task<string> ValidateAll(IEnumerable<JsonObject> outcomes)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(CanonicalJson.Write(JsonList.Of(outcomes, o => o)), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error + "\nIs python3-jsonschema installed? 'apt-get install python3-jsonschema'");
        return await output;
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Validate, Repository.PathOf("docs/outcome.schema.json")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("/usr/bin/python3 is needed to validate outcomes: install it with 'apt-get install python3-jsonschema'.", e);
        }
    }
}
