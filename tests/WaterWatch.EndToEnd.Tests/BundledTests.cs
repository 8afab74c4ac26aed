using Sensor.Contracts;
using Sensor.Contracts.Keys;
using WaterWatch.Testing;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>From a real station that was killed on the way, over a real broker and a real ingest, to a bundle that a stranger verifies without any of them.</summary>
public sealed class BundledTests : IDisposable
{
    private const string Agreement = "xinanjiang-round-3-from-may";
    private const string Window = "2020-05..2021-04";

    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-bundled-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verify_TheBundleOfARunningIngest_RecomputesTheOutcomeToTheByte()
    {
        var bundle = Path.Combine(_folder, "jiekou.bundle");
        var (outcome, fingerprint) = await DecideAndBundleAsync(bundle);

        var (code, printed) = Waterwatch("verify", bundle, "--operator-key", fingerprint, "--explain");

        Assert.True(code == 0, printed);
        Assert.All(printed.Split('\n').TakeWhile(l => !l.StartsWith("Xin", StringComparison.Ordinal)), line => Assert.True(line.Trim().Length == 0 || line.StartsWith("holds: ", StringComparison.Ordinal), line));
        Assert.Contains($"holds: outcome: recomputed to the same bytes, SHA-256 {outcome}", printed, StringComparison.Ordinal);
        Assert.Contains("holds: station JIEKOU: ", printed, StringComparison.Ordinal);
        Assert.Contains("CODMn, 2020-08: 22 values on 22 days of 31", printed, StringComparison.Ordinal);
        Assert.Equal("zhejiang pays anhui 200000000 CNY", printed.TrimEnd().Split('\n')[^1]);
        AssertRecomputed(bundle, outcome);
        AssertOthersAreRefused(bundle, fingerprint);
    }

    private async Task<(string Outcome, string Fingerprint)> DecideAndBundleAsync(string bundle)
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var station = new Station(_folder, broker.Port, recordsPerSecond: 60, anhui);
        anhui.Enroll(Station.Id, Station.Section, station.PublicKeyFile);
        await anhui.StartAsync();
        station.Start();
        await anhui.WaitForEvidenceAsync(60);
        station.Kill();
        station.Start();
        station.WaitUntilDelivered();
        var decided = await anhui.DecidedAsync(windowCount: 3, used: 148, excluded: 87);

        Assert.Contains("verified", anhui.Bundle(Agreement, Station.Section, Window, bundle), StringComparison.Ordinal);
        var outcome = decided[$"{Agreement} {Window}"].Outcome;
        using var key = PublicKey.FromPem(await File.ReadAllTextAsync(anhui.PublicKeyFile, TestContext.Current.CancellationToken));
        return (outcome, key.Id.ToString());
    }

    private static void AssertRecomputed(string bundle, string outcome)
    {
        var (code, printed) = Waterwatch("assess", "--bundle", bundle);
        Assert.True(code == 0, printed);
        Assert.Equal(outcome, Digest.Of(System.Text.Encoding.UTF8.GetBytes(printed.Trim()[1..^1])).ToString());
        using var python = ProgramUnderTest.StartSystem("/usr/bin/python3", Repository.PathOf("tests/cases/bundles/verify_bundle.py"), bundle);
        Assert.True(python.WaitForExit(TimeSpan.FromSeconds(60)) == 0, python.Everything);
        Assert.Contains("means, index, result and payment recomputed from the records", python.Output, StringComparison.Ordinal);
    }

    private void AssertOthersAreRefused(string bundle, string fingerprint)
    {
        Assert.Equal(1, Waterwatch("verify", bundle, "--operator-key", Digest.Of([1]).ToString()).Code);
        Assert.Equal(2, Waterwatch("verify", bundle, "--operator-key", fingerprint[1..]).Code);
        var bytes = File.ReadAllBytes(bundle);
        bytes[bytes.Length / 2] ^= 1;
        var changed = Path.Combine(_folder, "changed.bundle");
        File.WriteAllBytes(changed, bytes);
        var (code, printed) = Waterwatch("verify", changed);
        Assert.Equal(1, code);
        Assert.StartsWith("DOES NOT HOLD: container: byte ", printed, StringComparison.Ordinal);
        Assert.Equal(2, Waterwatch("assess", "--bundle", changed).Code);
        Assert.Equal(2, Waterwatch("verify", Repository.PathOf("README.md")).Code);
    }

    private static (int Code, string Printed) Waterwatch(params string[] arguments)
    {
        using var program = ProgramUnderTest.Start("src/Sensor.Audit", "waterwatch", arguments);
        var code = program.WaitForExit(TimeSpan.FromSeconds(60));
        return (code, program.Everything.Replace("\r", "", StringComparison.Ordinal));
    }
}
