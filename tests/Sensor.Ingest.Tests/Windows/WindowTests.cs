using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Commands;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

/// <summary>From records that arrive over MQTT to signed outcomes, under the agreement of an assessment case (months, closed after 10 days).</summary>
public sealed class WindowTests : IDisposable
{
    private const string Section = "河口";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");

    public WindowTests() => File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), Path.Combine(_agreements, "case.json"));

    [Fact]
    public async Task Outcomes_CaseOverMqtt_HasTheVerdictOfTheCase()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"));

        var outcome = Assert.Single((await AssessAsync(ingest)).Outcomes);
        var json = JsonElement.Parse(outcome.Document);

        Assert.Equal(("pass", "better", "down", "up"), (Text(json, "result"), Text(json, "tier"), Text(json, "payer"), Text(json, "payee")));
        Assert.Equal("provisional", Text(json, "state"));
        Assert.Equal(Digest.Of(outcome.Document), outcome.Digest);
        Assert.Equal(ingest.Host.Pipeline.Watch.Current.Digest.ToString(), json.GetProperty("cut").GetProperty("registry").GetString());
    }

    [Fact]
    public async Task RebuildOutcomes_UnsignedOnesHarmed_MakesTheSameRowsToTheByte()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"), Day(9, 1, "1.00", "0.10", "0.020", "1.00"));
        var assessed = await AssessAsync(ingest);
        Assert.NotEmpty(assessed.Outcomes);
        Assert.NotEmpty(assessed.Standings);
        await ingest.Host.StopAsync();
        var folder = ingest.Configuration.DataDirectory;
        var before = OutcomeRows(folder, "UPDATE standing SET document = zeroblob(3)");
        var config = Path.Combine(folder, "ingest.json");
        await File.WriteAllTextAsync(config, $$"""{ "deployment": "test", "operator": "anhui", "dataDirectory": ".", "agreementsDirectory": "{{_agreements}}", "mqtt": { "host": {} } }""", TestContext.Current.CancellationToken);
        var (output, error) = (new StringWriter(), new StringWriter());

        Assert.True(await IngestCommand.RunAsync(["rebuild", "outcomes", "--config", config], output, error) == 0, error.ToString());
        Assert.True(await IngestCommand.RunAsync(["rebuild", "observations", "--config", config], output, error) == 0, error.ToString());

        Assert.Equal(before, OutcomeRows(folder));
        Assert.StartsWith($"{assessed.Standings.Count} unsigned outcomes recomputed, {assessed.Standings.Count} to the same bytes; {assessed.Outcomes.Count} signed outcomes stand, {assessed.Outcomes.Count} recomputed to the same bytes.\n2 records read", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Outcomes_SameRecordsInAnyOrderAndRepeated_AreTheSameBytes(int seed)
    {
        var records = new List<Envelope>();
        for (var day = 1; day <= 20; day++)
        {
            records.Add(Day(8, day, $"1.{day:00}", "0.15", "0.027", "1.10"));
        }

        _station.Restart(_station.Memory);
        records.Add(Day(8, 3, "9.99", "0.15", "0.027", "1.10"));
        records.Add(Day(9, 1, "1.00", "0.10", "0.020", "1.00"));
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var shuffled = records.Concat(records.Take(5)).ToArray();
        new Random(seed).Shuffle(shuffled);

        await SendAsync(first, [.. records]);
        foreach (var record in shuffled)
        {
            await SendAsync(second, record);
        }

        var (one, other) = (await AssessAsync(first), await AssessAsync(second));
        Assert.NotEqual(first.Digests(), second.Digests());
        Assert.Equal(one.Outcomes.Select(o => o.Digest), other.Outcomes.Select(o => o.Digest));
        Assert.Equal(one.Standings.Select(o => o.Digest), other.Standings.Select(o => o.Digest));
        Assert.Contains("\"9.99\"", Encoding.UTF8.GetString(Assert.Single(one.Outcomes).Document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_AsTimePassesInTheRecords_GoFromOpenToFinalAndThenStay()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10", wall: Moment(8, 11)));
        var open = await AssessAsync(ingest);
        Assert.Empty(open.Outcomes);
        Assert.Null(Assert.Single(open.Standings).Jws);

        await SendAsync(ingest, Day(9, 2, "1.80", "0.15", "0.027", "1.10", wall: Moment(9, 2)));
        var provisional = Assert.Single((await AssessAsync(ingest)).Outcomes);
        Assert.Equal("provisional", Text(JsonElement.Parse(provisional.Document), "state"));
        await SendAsync(ingest, Day(9, 3, "1.80", "0.15", "0.027", "1.10", wall: Moment(9, 3)));
        Assert.Equal(provisional.Digest, Assert.Single((await AssessAsync(ingest)).Outcomes).Digest);

        await SendAsync(ingest, Day(9, 12, "1.80", "0.15", "0.027", "1.10", wall: Moment(9, 12)));
        var final = Assert.Single((await AssessAsync(ingest)).Outcomes);
        Assert.Equal("final", Text(JsonElement.Parse(final.Document), "state"));
        Assert.Equal(provisional.Digest, final.Supersedes);
        await SendAsync(ingest, Day(9, 13, "1.80", "0.15", "0.027", "1.10", wall: Moment(9, 13)));
        Assert.Equal(final.Digest, Assert.Single((await AssessAsync(ingest)).Outcomes).Digest);
    }

    [Fact]
    public async Task Outcomes_ClockFarAheadOfItsArrival_ClosesNoWindow()
    {
        await using var ingest = await StartAsync();
        var ahead = Instant.From(DateTimeOffset.UtcNow.AddYears(10));
        await SendAsync(ingest, Day(8, 9, "1.80", "0.15", "0.027", "1.10", wall: ahead));
        Assert.Empty((await AssessAsync(ingest)).Standings);

        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10", wall: Moment(8, 11)), Day(11, 11, "1.80", "0.15", "0.027", "1.10", wall: ahead));

        var open = await AssessAsync(ingest);
        Assert.Empty(open.Outcomes);
        Assert.Equal("open", Text(JsonElement.Parse(Assert.Single(open.Standings).Document), "state"));
    }

    [Fact]
    public async Task Outcomes_LateRecordOfTheWindow_SupersedesAndKeepsBoth()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"));
        var before = Assert.Single((await AssessAsync(ingest)).Outcomes);

        await SendAsync(ingest, Day(8, 11, "30.0", "9.00", "1.000", "30.0"));
        var after = Assert.Single((await AssessAsync(ingest)).Outcomes);

        Assert.Equal(("fail", before.Digest), (Text(JsonElement.Parse(after.Document), "result"), after.Supersedes));
        Assert.NotNull(ingest.Host.Pipeline.Outcomes.Find(before.Digest));
    }

    [Fact]
    public async Task Outcomes_LateRecordOfAFinalWindow_IsAFindingThatApiAndPageShow()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"), Day(9, 12, "1.80", "0.15", "0.027", "1.10", wall: Moment(9, 12)));
        var final = Assert.Single((await AssessAsync(ingest)).Outcomes);
        Assert.Equal("final", Text(JsonElement.Parse(final.Document), "state"));

        await SendAsync(ingest, Day(8, 11, "30.0", "9.00", "1.000", "30.0", wall: Moment(9, 13)));

        Assert.Equal(final.Digest, Assert.Single((await AssessAsync(ingest)).Outcomes).Digest);
        using var http = new HttpClient { BaseAddress = ingest.Host.HttpAddress };
        var window = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/v1/windows", UriKind.Relative), TestContext.Current.CancellationToken))[0];
        var finding = Assert.Single(window.GetProperty("lateFindings").EnumerateArray());
        Assert.Equal(("down", "300"), (Text(finding.GetProperty("effect"), "party"), Text(finding.GetProperty("effect"), "value")));
        Assert.Equal("verdict", Text(finding.GetProperty("changes")[0], "code"));
        var document = await http.GetByteArrayAsync(new Uri($"/api/v1/late-findings/{Text(finding, "digest")}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(Digest.Of(document).ToString(), Text(finding, "digest"));
        Assert.Contains("only by a determination", await PageAsync(http, "en"), StringComparison.Ordinal);
        Assert.Contains("仅经认定方可改变结论", await PageAsync(http, "zh"), StringComparison.Ordinal);
        await Until.True(
            async () => (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Contains("waterwatch_late_findings_total{", StringComparison.Ordinal),
            "the counted finding");
    }

    [Fact]
    public async Task Outcomes_Superseded_TellTheChangesInApiAndPage()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"));
        await AssessAsync(ingest);
        await SendAsync(ingest, Day(8, 11, "1.90", "0.15", "0.027", "1.10"));
        await AssessAsync(ingest);

        using var http = new HttpClient { BaseAddress = ingest.Host.HttpAddress };
        foreach (var address in new[] { "windows", "outcomes" })
        {
            var answer = JsonElement.Parse(await http.GetStringAsync(new Uri($"/api/v1/{address}", UriKind.Relative), TestContext.Current.CancellationToken));
            Assert.Contains("CODMn mean 1.800 -> 1.850 because 1 reading arrived", answer[0].GetProperty("changes").EnumerateArray().Select(c => Text(c, "en")));
        }

        Assert.Contains("CODMn mean 1.800 -> 1.850 because 1 reading arrived", await PageAsync(http, "en"), StringComparison.Ordinal);
        Assert.Contains("CODMn均值由1.800变为1.850，因新到1条读数", await PageAsync(http, "zh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_ClockLongPastTheWindowWhileOldWaterIsStillDelivered_AreProvisional()
    {
        await using var ingest = await StartAsync();
        foreach (var day in new[] { 10, 11, 12 })
        {
            await SendAsync(ingest, Day(8, day, "1.80", "0.15", "0.027", "1.10", wall: Moment(12, day)));
            var outcome = Assert.Single((await AssessAsync(ingest)).Outcomes);
            Assert.Equal(("provisional", day - 9), (Text(JsonElement.Parse(outcome.Document), "state"), Count([outcome])));
        }
    }

    [Fact]
    public async Task Outcomes_LiveRecordBeforeTheBacklogOfTheRunBefore_ClosesNoWindow()
    {
        await using var ingest = await StartAsync();
        var (first, second) = (Day(8, 10, "1.80", "0.15", "0.027", "1.10"), Day(8, 11, "1.90", "0.15", "0.027", "1.10"));
        _station.Restart(_station.Memory);
        var live = Day(9, 12, "1.80", "0.15", "0.027", "1.10", wall: Moment(9, 12));

        await SendAsync(ingest, first, live);
        Assert.Equal("provisional", Text(JsonElement.Parse(Assert.Single((await AssessAsync(ingest)).Outcomes).Document), "state"));
        await SendAsync(ingest, second);

        var final = Assert.Single((await AssessAsync(ingest)).Outcomes);
        Assert.Equal(("final", 2), (Text(JsonElement.Parse(final.Document), "state"), Count([final])));
        Assert.Null(final.LateFinding);
    }

    [Fact]
    public async Task Outcomes_RecordBehindAGap_CountsWhenTheGapIsFilled()
    {
        await using var ingest = await StartAsync();
        var (first, second, third) = (Day(8, 10, "1.80", "0.15", "0.027", "1.10"), Day(8, 11, "1.81", "0.15", "0.027", "1.10"), Day(8, 12, "1.82", "0.15", "0.027", "1.10"));
        await SendAsync(ingest, first, third);
        Assert.Equal(1, Count((await AssessAsync(ingest)).Outcomes));

        await SendAsync(ingest, second);

        Assert.Equal(3, Count((await AssessAsync(ingest)).Outcomes));
    }

    [Fact]
    public async Task Outcomes_ForkedIdentity_CountsForNeither()
    {
        await using var ingest = await StartAsync();
        var honest = Day(8, 10, "1.80", "0.15", "0.027", "1.10");
        await SendAsync(ingest, honest, Day(8, 11, "1.81", "0.15", "0.027", "1.10"));
        Assert.Equal(2, Count((await AssessAsync(ingest)).Outcomes));

        await SendAsync(ingest, _station.Sign(new ReadingsBody(Moment(8, 11), [.. Readings(Moment(8, 11), ["0.01", "0.01", "0.001", "0.01"])]), 2, Moment(9, 1)));

        Assert.Equal(3, ingest.Host.EvidenceSize);
        Assert.Equal(1, Count((await AssessAsync(ingest)).Outcomes));
    }

    [Fact]
    public async Task Outcomes_WithoutBeingAsked_FollowTheEvidence()
    {
        await using var ingest = await StartAsync();

        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"));

        await Until.True(() => ingest.Host.Outcomes.Count == 1, "the evaluator wakes by itself");
    }

    [Fact]
    public async Task Jws_PythonCryptography_VerifiesItOverTheExactBytes()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Python), "needs python3-cryptography (Debian package)");
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, "1.80", "0.15", "0.027", "1.10"));
        var outcome = Assert.Single((await AssessAsync(ingest)).Outcomes);
        var folder = ingest.Configuration.DataDirectory;
        using var http = new HttpClient { BaseAddress = ingest.Host.HttpAddress };
        var stop = TestContext.Current.CancellationToken;
        var key = JsonElement.Parse(await http.GetByteArrayAsync(new Uri("/api/v1/operator", UriKind.Relative), stop));
        await File.WriteAllBytesAsync(Path.Combine(folder, "document"), await http.GetByteArrayAsync(new Uri($"/api/v1/outcomes/{outcome.Digest}", UriKind.Relative), stop), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "jws"), await http.GetStringAsync(new Uri($"/api/v1/outcomes/{outcome.Digest}.jws", UriKind.Relative), stop), stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "pem"), Text(key, "publicKey"), stop);

        using var process = Process.Start(new ProcessStartInfo(Python, [Repository.PathOf("tests/Sensor.Ingest.Tests/Windows/verify_jws.py"), folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)) && process.ExitCode == 0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"ES256 waterwatch-outcome {Text(key, "keyId")} and a changed byte is refused\n", output);
    }

    public void Dispose()
    {
        _station.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();

    private static async Task<string> PageAsync(HttpClient http, string language) =>
        System.Net.WebUtility.HtmlDecode(await http.GetStringAsync(new Uri($"/?lang={language}", UriKind.Relative), TestContext.Current.CancellationToken));

    private static long Count(IReadOnlyList<IssuedOutcome> outcomes) =>
        JsonElement.Parse(Assert.Single(outcomes).Document).GetProperty("trace").GetProperty("parameters")[0].GetProperty("count").GetInt64();

    private static Instant Moment(int month, int day) => Instant.From(new DateTimeOffset(2020, month, day, 8, 0, 0, TimeSpan.FromHours(8)));

    private static IEnumerable<Reading> Readings(Instant at, string[] values) => Parameters.Zip(values, (parameter, value) => TestStation.Reading(parameter, value, at));

    private Envelope Day(int month, int day, string codMn, string ammonia, string phosphorus, string nitrogen, Instant? wall = null) =>
        _station.Next(new ReadingsBody(Moment(month, day), [.. Readings(Moment(month, day), [codMn, ammonia, phosphorus, nitrogen])]), wall ?? Moment(9, 1));

    private Task<TestIngest> StartAsync() => TestIngest.StartAsync(agreements: _agreements, before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"));

    private async Task SendAsync(TestIngest ingest, params Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, records);
    }

    private static async Task<(IReadOnlyList<IssuedOutcome> Outcomes, IReadOnlyList<IssuedOutcome> Standings)> AssessAsync(TestIngest ingest)
    {
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        return (ingest.Host.Outcomes, ingest.Host.Standings);
    }

    // What is there, before some harm is done to it.
    private static List<string> OutcomeRows(string folder, string harm = "")
    {
        using var database = Database.OpenForWriting(Path.Combine(folder, "outcomes.db"), "");
        var rows = new[] { "outcome", "latest", "standing", "late_finding" }.SelectMany(table => database.Query(
            $"SELECT * FROM {table} ORDER BY agreement, section, window, digest",
            row => table + string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : row.GetValue(i))))).ToList();
        if (harm.Length > 0)
        {
            database.Execute(harm);
        }

        return rows;
    }
}
