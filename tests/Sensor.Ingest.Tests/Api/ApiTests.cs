using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensor.Contracts;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Api;

public sealed partial class ApiTests : IAsyncLifetime, IDisposable
{
    private static readonly Instant At = new(1_597_017_600_000);
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly HttpClient _http = new();
    private TestIngest _ingest = null!;

    public async ValueTask InitializeAsync()
    {
        File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), Path.Combine(_agreements, "case.json"));
        _ingest = await TestIngest.StartAsync(agreements: _agreements, before: host => host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test"));
        _http.BaseAddress = _ingest.Host.HttpAddress;
        await using var client = await StationClient.ConnectAsync(_ingest.MqttPort, _ingest.Host.OperatorKey, _station.Id);
        Reading[] readings = [.. new[] { ("w01019", "1.80"), ("w21003", "0.150"), ("w21011", "0.027"), ("w21001", "1.10") }.Select(p => TestStation.Reading(p.Item1, p.Item2, At))];
        await client.SendAsync(_station, _station.Next(new ReadingsBody(At, readings), new Instant(1_600_000_000_000)));
        await client.SendAsync(_station, _station.Next(TestStation.Readings("1.85", At.PlusMilliseconds(3_600_000)), new Instant(1_600_000_000_000)));
        await _ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("sections", """[{"section":"河口","stations":["ST-1"],"latest":[{"parameter":"w01019","symbol":"CODMn","value":"1.85","unit":"mg/L","flag":"N","instrument":"probe","sampledFrom":"2020-08-10T01:00:00.000Z","sampledTo":"2020-08-10T01:00:00.000Z"}]}]""")]
    [InlineData("stations", """[{"station":"ST-1","section":"河口","keys":[{"keyId":"#"}],"last":{"run":"#","sequence":2,"index":1,"wall":"2020-09-13T12:26:40.000Z","clock":"synchronised","clockErrorMs":10,"receivedAt":"@"},"runs":[{"run":"#","through":2,"gaps":[]}],"losses":[],"forks":[],"rollbacks":[]}]""")]
    [InlineData("observations?section=%E6%B2%B3%E5%8F%A3&parameter=w01019&limit=1", """{"items":[{"section":"河口","station":"ST-1","record":0,"reading":{"parameter":"w01019","symbol":"CODMn","value":"1.80","unit":"mg/L","flag":"N","instrument":"probe","sampledFrom":"2020-08-10T00:00:00.000Z","sampledTo":"2020-08-10T00:00:00.000Z"}}],"next":1}""")]
    [InlineData("observations?section=%E6%B2%B3%E5%8F%A3&from=2020-08-10T08:30:00%2B08:00&format=csv", "section,time,parameter,value,unit,flag,detectionLimit,source,instrument\n河口,2020-08-10T01:00:00.000Z,w01019,1.85,mg/L,N,,ST-1,probe\n")]
    [InlineData("agreements", """[{"id":"case","version":1,"digest":"#","title":{"en":"Case","zh":"案例"},"illustrative":false,"sections":["河口"],"parties":["up","down"],"from":"2020-01-01","to":"2020-12-31"}]""")]
    [InlineData("outcomes", """[{"agreement":"case","section":"河口","window":"2020-08","digest":"#","verdictDigest":"#","issuedAt":"@"}]""")]
    [InlineData("evidence/checkpoint", """{"size":2,"root":"#","restored":[]}""")]
    public async Task Get_KnownAddress_AnswersAsAgreed(string address, string expected)
    {
        var answer = await _http.GetStringAsync(new Uri("/api/v1/" + address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, ReceivedAt().Replace(Hex().Replace(answer, "#"), "At\":\"@\""));
    }

    [Fact]
    public async Task Get_OutcomeByDigest_GivesTheExactBytesAndTheirSignature()
    {
        var outcome = Assert.Single(_ingest.Host.Outcomes);

        Assert.Equal(outcome.Document, await _http.GetByteArrayAsync(new Uri($"/api/v1/outcomes/{outcome.Digest}", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(outcome.Jws, await _http.GetStringAsync(new Uri($"/api/v1/outcomes/{outcome.Digest}.jws", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_Operator_GivesTheKeyThatSigns()
    {
        var answer = JsonElement.Parse(await _http.GetByteArrayAsync(new Uri("/api/v1/operator", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal(["operator", "deployment", "keyId", "publicKey"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("anhui", "test"), (answer.GetProperty("operator").GetString(), answer.GetProperty("deployment").GetString()));
        Assert.Equal(_ingest.Host.OperatorKey.Id.ToString(), answer.GetProperty("keyId").GetString());
        Assert.Equal(_ingest.Host.OperatorKey.Pem, answer.GetProperty("publicKey").GetString());
    }

    [Fact]
    public async Task Get_Windows_TellsResultCompletenessAndMargin()
    {
        var answer = await _http.GetStringAsync(new Uri("/api/v1/windows", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("\"isSigned\":true,\"state\":\"provisional\",\"result\":\"pass\",\"index\":\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"tier\":\"better\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"completeness\":{", answer, StringComparison.Ordinal);
        Assert.Contains("\"margin\":{", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Observations_ShowsIdenticalReadingsOnceAndARevisionBeside()
    {
        await using var client = await StationClient.ConnectAsync(_ingest.MqttPort, _ingest.Host.OperatorKey, _station.Id);
        var again = At.PlusMilliseconds(3_600_000);
        await client.SendAsync(_station, _station.Next(TestStation.Readings("1.85", again), new Instant(1_600_000_100_000)));
        await client.SendAsync(_station, _station.Next(TestStation.Readings("1.86", again), new Instant(1_600_000_200_000)));

        var csv = await _http.GetStringAsync(new Uri("/api/v1/observations?section=%E6%B2%B3%E5%8F%A3&from=2020-08-10T08:30:00%2B08:00&format=csv", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(4, _ingest.Host.EvidenceSize);
        Assert.Equal(["1.85", "1.86"], csv.Trim().Split('\n').Skip(1).Select(line => line.Split(',')[3]));
        await Until.True(
            async () => (await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Split('\n')
                .Any(line => line.StartsWith("waterwatch_observation_repeats_total{", StringComparison.Ordinal) && line.Split(' ')[1] != "0"),
            "the counted repeat");
    }

    [Fact]
    public async Task Get_ObservationsOfAClockAheadOfItsArrival_MarksAndCountsThem()
    {
        await using var client = await StationClient.ConnectAsync(_ingest.MqttPort, _ingest.Host.OperatorKey, _station.Id);
        var early = At.PlusMilliseconds(7_200_000);
        await client.SendAsync(_station, _station.Next(TestStation.Readings("1.87", early), new Instant(2_100_000_000_000)));

        var items = JsonElement.Parse(await _http.GetByteArrayAsync(new Uri("/api/v1/observations?section=%E6%B2%B3%E5%8F%A3&parameter=w01019", UriKind.Relative), TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray();

        Assert.Equal([("1.80", false), ("1.85", false), ("1.87", true)], items.Select(i => (i.GetProperty("reading").GetProperty("value").GetString(), i.TryGetProperty("clockSuspect", out var suspect) && suspect.GetBoolean())));
        await Until.True(
            async () => (await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Split('\n')
                .Any(line => line.StartsWith("waterwatch_clock_suspects_total{", StringComparison.Ordinal) && line.Split(' ')[1] == "1"),
            "the counted record");
    }

    [Theory]
    [InlineData("observations", "section is missing")]
    [InlineData("observations?section=S&parameter=CODMn", "not a national factor code")]
    [InlineData("observations?section=S&from=yesterday", "ISO 8601")]
    [InlineData("observations?section=S&limit=0", "whole number")]
    [InlineData("observations?section=S&format=xml", "format 'xml'")]
    [InlineData("observations?section=S&sektion=T", "'sektion' is not a known question")]
    [InlineData("outcomes/abc", "'abc' is not a digest")]
    [InlineData("late-findings/abc", "'abc' is not a digest")]
    public async Task Get_BadQuestion_SaysWhatIsWrongAndWhatToDo(string address, string what)
    {
        var answer = await _http.GetAsync(new Uri("/api/v1/" + address, UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(what, Regex.Unescape(problem), StringComparison.Ordinal);
        Assert.Contains("\"remedy\":", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?lang=en", "en", "met", "pays")]
    [InlineData("/?lang=zh", "zh-CN", "达标", "支付")]
    public async Task Get_FirstPage_ShowsTheDecisionInTheLanguage(string address, string language, string result, string pays)
    {
        var page = WebUtility.HtmlDecode(await _http.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains("✓ " + result, page, StringComparison.Ordinal);
        Assert.Contains(pays, page, StringComparison.Ordinal);
        Assert.Contains("河口", page, StringComparison.Ordinal);

        // Nothing is fetched from another host.
        Assert.Empty(Regex.Matches(page, "(src|href)=\"(https?:)?//"));
    }

    [Fact]
    public async Task Get_HealthAndMetrics_TellWhatHappened()
    {
        Assert.Contains("\"status\":\"ok\"", await _http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Until.True(
            async () => (await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)) is var metrics
                && metrics.Contains("waterwatch_records_total{", StringComparison.Ordinal) && metrics.Contains("result=\"new\"", StringComparison.Ordinal)
                && metrics.Contains("waterwatch_commit_duration_seconds_count", StringComparison.Ordinal) && metrics.Contains("waterwatch_outcomes_total{", StringComparison.Ordinal),
            "the counters");
        var stores = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.All(new[] { "waterwatch_messages_total", "waterwatch_pending_keys", "waterwatch_pending_records", "waterwatch_disk_free_bytes" }, name => Assert.Contains($"\n{name}{{", stores, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        _station.Dispose();
        if (Directory.Exists(_agreements))
        {
            Directory.Delete(_agreements, recursive: true);
        }
    }

    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{32}")]
    private static partial Regex Hex();

    [GeneratedRegex("(?<=issued|received)At\":\"[^\"]*\"")]
    private static partial Regex ReceivedAt();
}
