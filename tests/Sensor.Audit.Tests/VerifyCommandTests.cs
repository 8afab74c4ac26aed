using System.Text;
using System.Text.Json;
using Sensor.Contracts;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

/// <summary>On the bundle of the repository: August 2020 at 河口, one record lost, one number given twice, and a determination that leaves out a day.</summary>
public sealed class VerifyCommandTests
{
    private static readonly string Sample = Repository.PathOf("tests/cases/bundles/sample.bundle");

    [Fact]
    public void Verify_Bundle_SaysOfEachThingThatItHolds()
    {
        var ran = CommandLine.Run("verify", Sample);

        Assert.True(ran.ExitCode == 0, ran.Output);
        Assert.All(ran.Lines, line => Assert.StartsWith("holds: ", line, StringComparison.Ordinal));
        Assert.StartsWith("holds: container: ", ran.Lines[0], StringComparison.Ordinal);
        Assert.Contains(ran.Lines, line => line.StartsWith("holds: operator: anhui signed the manifest with the key ", StringComparison.Ordinal) && line.Contains("compare this fingerprint", StringComparison.Ordinal));
        Assert.StartsWith("holds: outcome: recomputed to the same bytes, SHA-256 ", ran.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "down pays up 200 CNY", "determination late (exclude) from 2020-08-05T00:00:00+08:00 to 2020-08-06T00:00:00+08:00: agreed")]
    [InlineData("zh", "down向up支付200 CNY", "认定late（exclude），2020-08-05T00:00:00+08:00至2020-08-06T00:00:00+08:00：商定")]
    public void Verify_Explained_GoesFromTheReadingsToTheYuan(string language, string last, string determination)
    {
        var ran = CommandLine.Run("verify", Sample, "--explain", "--words", language);

        Assert.Equal((0, last), (ran.ExitCode, ran.Lines[^1]));
        Assert.Contains(determination, ran.Lines);
        Assert.Contains(ran.Lines, line => line.Contains("2020-08-03T08:00:00+08:00 ST-1: w01019 1.33", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_OperatorKey_MustBeTheOneThatSigned()
    {
        var operatorKey = CommandLine.Run("verify", Sample).Lines.Single(l => l.StartsWith("holds: operator: ", StringComparison.Ordinal)).Split("with the key ")[1][..64];

        Assert.Equal(0, CommandLine.Run("verify", Sample, "--operator-key", operatorKey.ToUpperInvariant()).ExitCode);
        var other = CommandLine.Run("verify", Sample, "--operator-key", new string('a', 64));
        Assert.Equal(1, other.ExitCode);
        Assert.StartsWith("DOES NOT HOLD: operator: the manifest names the key ", other.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("is not a fingerprint", CommandLine.Run("verify", Sample, "--operator-key", "abc").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OneByteChanged_NamesThePlaceAndEndsWithOne()
    {
        var bytes = File.ReadAllBytes(Sample);
        bytes[^100] ^= 4;
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, bytes);

        var ran = CommandLine.Run("verify", file.Path, "--explain");

        Assert.Equal((1, $"DOES NOT HOLD: container: byte {bytes.Length - 100} is not what the members of a bundle require there (a header or the directory, or the content that its CRC-32 protects)"), (ran.ExitCode, Assert.Single(ran.Lines)));
        var assessed = CommandLine.Run("assess", "--bundle", file.Path);
        Assert.Equal((2, ""), (assessed.ExitCode, assessed.Output));
        Assert.Contains("does not hold, container: byte ", assessed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WhatIsNoBundle_IsBadInput()
    {
        using var file = new TemporaryFile("{}");

        Assert.Equal(2, CommandLine.Run("verify", file.Path).ExitCode);
        Assert.Contains("is no evidence bundle", CommandLine.Run("verify", file.Path).Error, StringComparison.Ordinal);
        Assert.Equal(2, CommandLine.Run("verify", file.Path + ".absent").ExitCode);
    }

    [Fact]
    public void Assess_Bundle_IsTheOutcomeToTheByte_AndUnderOtherDeterminationsAnotherOne()
    {
        var stated = CommandLine.Run("verify", Sample).Lines[^1].Split("SHA-256 ")[1];
        using var mine = new TemporaryFile("""{ "schema": "waterwatch/determinations/1", "determinations": [] }""");

        var own = CommandLine.Run("assess", "--bundle", Sample);
        var whatIf = CommandLine.Run("assess", "--bundle", Sample, "--determinations", mine.Path);

        Assert.Equal((0, stated), (own.ExitCode, Digest.Of(Encoding.UTF8.GetBytes(own.Output.Trim()[1..^1])).ToString()));
        Assert.Equal(0, whatIf.ExitCode);
        Assert.Equal(1, Count(whatIf) - Count(own));
        Assert.Equal(0, CommandLine.Run("assess", "--bundle", Sample, "--clearing").ExitCode);
    }

    [Fact]
    public void Diff_BundleAndWhatItWouldBeOtherwise_NamesTheDetermination()
    {
        using var mine = new TemporaryFile("""{ "schema": "waterwatch/determinations/1", "determinations": [] }""");
        using var whatIf = new TemporaryFile(CommandLine.Run("assess", "--bundle", Sample, "--determinations", mine.Path).Output);

        Assert.Equal(0, CommandLine.Run("diff", Sample, Sample).ExitCode);
        var ran = CommandLine.Run("diff", Sample, whatIf.Path);
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("\"code\":\"determinations\"", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assess")]
    [InlineData("assess", "--bundle", "B", "--observations", "x.csv")]
    [InlineData("assess", "--bundle", "B", "--agreement", "a.json")]
    [InlineData("assess", "--bundle", "B", "--as-of", "2021-01-01T00:00:00Z")]
    [InlineData("assess", "--agreement", "a.json")]
    [InlineData("assess", "--observations", "x.csv")]
    public void Assess_NeitherOrBoth_SaysWhatToGive(params string[] args)
    {
        var ran = CommandLine.Run(args);

        Assert.Equal((2, "Give --agreement and --observations, or --bundle with nothing but --determinations and --clearing\n"), (ran.ExitCode, ran.Error));
    }

    private static int Count(Ran ran) => JsonElement.Parse(ran.Output)[0].GetProperty("trace").GetProperty("readings").GetProperty("count").GetInt32();
}
