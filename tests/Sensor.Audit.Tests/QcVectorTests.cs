using System.Text.Json;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

/// <summary>Every published case of the quality tests, as its own file through the command line.</summary>
public sealed class QcVectorTests
{
    private static readonly JsonElement[] Cases = ReadCases();

    public static TheoryData<string> Ids => [.. Cases.Select(Id)];

    [Fact]
    public void Vectors_AreAllThere() => Assert.Equal((60, 60), (Cases.Length, Cases.Select(Id).Distinct(StringComparer.Ordinal).Count()));

    [Theory, MemberData(nameof(Ids))]
    public void Qc_PublishedCase_GivesTheExpectedFlags(string id)
    {
        var given = Cases.Single(c => Id(c) == id);
        using var file = new QcFile(given.GetRawText());

        Check(given, CommandLine.Run("qc", file.Path));
    }

    [Theory]
    [InlineData("rate_of_change/with_fail")]
    [InlineData("location/wgs84_7000")]
    [InlineData("gross_range/bad_suspect_span_scalar")]
    public async Task Qc_PublishedCaseAsAProcess_GivesTheExpectedFlags(string id)
    {
        var given = Cases.Single(c => Id(c) == id);
        using var file = new QcFile(given.GetRawText());

        Check(given, await CommandLine.RunProcess("qc", file.Path));
    }

    private static void Check(JsonElement given, Ran ran)
    {
        var expected = given.TryGetProperty("exact_arithmetic_expected", out var exact) ? exact : given.GetProperty("expected");
        if (expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("error", out _))
        {
            Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
            Assert.Contains("parameters.suspect_span", ran.Error, StringComparison.Ordinal);
            return;
        }

        Assert.True(ran.ExitCode == 0, ran.Error);
        using var output = JsonDocument.Parse(ran.Output);
        var flags = output.RootElement.GetProperty("flags").EnumerateArray().Select(f => f.GetInt32()).ToList();
        if (expected.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(expected.GetProperty("last").GetInt32(), flags[^1]);
            return;
        }

        Assert.Equal(expected.EnumerateArray().Select(f => f.GetInt32()), flags);
    }

    private static string Id(JsonElement given) => given.GetProperty("id").GetString()!;

    private static JsonElement[] ReadCases()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/quality/qartod.json")));
        return [.. document.RootElement.Clone().GetProperty("cases").EnumerateArray()];
    }
}
