using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Commands;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.PowerCuts;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Tests.Tracing;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Archives;

/// <summary>The command line, and a service whose decisions need what was moved.</summary>
public sealed class ArchivedOutcomeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-archived-").FullName;
    private readonly TestStation _station = new("ST-1");

    public ArchivedOutcomeTests()
    {
        Directory.CreateDirectory(In("agreements"));
        File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), In("agreements/case.json"));
    }

    public void Dispose()
    {
        _station.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Archive_OfDecidedRecords_TheSameOutcomeFromTheArchiveAndItsNameWithoutIt()
    {
        await using var ingest = await TestIngest.StartAsync(agreements: In("agreements"), before: host => host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test"));
        await using (var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id))
        {
            await client.SendAsync(_station, TracedRecord.Of(_station));
            await client.SendAsync(_station, TracedRecord.Of(_station));
            await ingest.Holds(2);
        }

        var decided = Assert.Single(await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken)).Digest;
        await ingest.Host.StopAsync();
        var configuration = await ConfigureAsync(ingest.Configuration.DataDirectory);
        var (exit, output, error) = await RunAsync("archive", "--config", configuration, "--before", "2100-01-01T00:00:00Z", "--to", In("cold"), "--remove");
        Assert.Equal((0, ""), (exit, error));
        Assert.EndsWith("removed\n2 entries moved\n", output, StringComparison.Ordinal);

        Assert.Equal(decided, Assert.Single(await AssessAsync(ingest)));

        Assert.Equal(0, (await RunAsync("archive", "verify", In("cold"))).Exit);
        Directory.Move(In("cold"), In("elsewhere"));
        var missing = await Assert.ThrowsAsync<IOException>(() => AssessAsync(ingest));
        Assert.Contains("the archive file evidence-anhui-000000000000.cbor", missing.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("archive", "verify", In("agreements"))).Exit);
    }

    [Fact]
    public async Task Assess_ArchiveOfOneSectionMissing_DecidesTheOthersAndSaysWhatIsMissing()
    {
        var agreement = await File.ReadAllTextAsync(In("agreements/case.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("agreements/other.json"), agreement.Replace("\"id\": \"case\"", "\"id\": \"other\"", StringComparison.Ordinal).Replace("河口", "上游", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var other = new TestStation("ST-2");
        await using var ingest = await TestIngest.StartAsync(agreements: In("agreements"), before: host =>
        {
            host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test");
            host.EnrollStation(other.Id, "上游", other.Key.Public, "test");
        });
        await ingest.Host.StopAsync();
        Append(ingest, TracedRecord.Of(_station), TracedRecord.Of(_station));
        Assert.Equal(0, (await RunAsync("archive", "--config", await ConfigureAsync(ingest.Configuration.DataDirectory), "--before", "2100-01-01T00:00:00Z", "--to", In("cold"), "--remove")).Exit);
        Append(ingest, TracedRecord.Of(other));
        Directory.Move(In("cold"), In("elsewhere"));

        await using var host = IngestHost.Create(ingest.Configuration);
        var missing = await Assert.ThrowsAsync<IOException>(() => host.AssessNowAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("河口 cannot be evaluated: the entries 0 to 1 ", missing.Message, StringComparison.Ordinal);
        Assert.Equal("上游", Assert.Single(host.Outcomes).Section);
    }

    [Fact]
    public async Task Start_ArchiveOfWhatMayAnswerACommandMissing_HearsStationsAllTheSame()
    {
        await using var ingest = await TestIngest.StartAsync(agreements: In("agreements"), before: host => host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test"));
        await ingest.Host.StopAsync();
        var configuration = await ConfigureAsync(ingest.Configuration.DataDirectory);
        Assert.Equal(0, (await RunAsync("command", "send", "--config", configuration, "--station", _station.Id, "--name", "sample")).Exit);
        Append(ingest, TracedRecord.Of(_station), TracedRecord.Of(_station));
        Assert.Equal(0, (await RunAsync("archive", "--config", configuration, "--before", "2100-01-01T00:00:00Z", "--to", In("cold"), "--remove")).Exit);
        Directory.Move(In("cold"), In("elsewhere"));

        await using var host = IngestHost.Create(ingest.Configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, host.EvidenceSize);
    }

    [Theory]
    [InlineData("2026-01-01", "is no moment")]
    [InlineData("yesterday", "is no moment")]
    public async Task Archive_WithoutAMoment_SaysHowToWriteOne(string before, string said)
    {
        var (exit, _, error) = await RunAsync("archive", "--config", await ConfigureAsync(In("data")), "--before", before, "--to", In("cold"));

        Assert.Equal(2, exit);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("cold")));
    }

    [Fact]
    public async Task Archive_NoEvidence_IsRefused()
    {
        var (exit, _, error) = await RunAsync("archive", "--config", await ConfigureAsync(In("data")), "--before", "2026-01-01T00:00:00Z", "--to", In("cold"));

        Assert.Equal(1, exit);
        Assert.Contains("holds no evidence.db", error, StringComparison.Ordinal);
    }

    private static void Append(TestIngest ingest, params Envelope[] envelopes)
    {
        using var log = EvidenceLog.Open(ingest.Configuration.DataDirectory, TimeProvider.System);
        log.Append([.. envelopes.Select(EvidenceChild.Arrival)]);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private async Task<string> ConfigureAsync(string data)
    {
        var path = In("ingest.json");
        await File.WriteAllTextAsync(path, $$"""{ "deployment": "test", "operator": "anhui", "dataDirectory": "{{data}}", "mqtt": { "host": {} } }""", TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<IReadOnlyList<Digest>> AssessAsync(TestIngest ingest)
    {
        await using var host = IngestHost.Create(ingest.Configuration);
        return [.. (await host.AssessNowAsync(TestContext.Current.CancellationToken)).Select(outcome => outcome.Digest)];
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (await IngestCommand.RunAsync(arguments, output, error), output.ToString(), error.ToString());
    }
}
