using System.Text.RegularExpressions;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Projection;

/// <summary>Against a double: what a real server cannot be made to do at will, and the addresses of InfluxDB 2.</summary>
public sealed partial class InfluxProtocolTests : IDisposable
{
    private const string Write2 = "POST /api/v2/write?org=water&bucket=boundary&precision=ms";
    private static readonly Instant At = TestStation.Start;
    private readonly string _token = Path.GetTempFileName();
    private volatile string _marker = "";
    private volatile string _generation = "";

    public InfluxProtocolTests() => File.WriteAllText(_token, "t0ken==\n");

    [Fact]
    public async Task V2_RevisedReading_WritesAndDeletesWithToken()
    {
        using var server = new InfluxDouble(request => Task.FromResult(request.Address switch
        {
            "POST /query?db=boundary&epoch=ms" => (200, Pointers()),
            _ when request.Address.StartsWith("POST /api/v2/write?", StringComparison.Ordinal) => Written(request),
            _ when request.Address.StartsWith("POST /api/v2/delete?", StringComparison.Ordinal) => (204, ""),
            _ => (404, """{"code":"not found","message":"unknown address"}"""),
        }));
        await using var evidence = new ProjectedEvidence(new InfluxV2Configuration { Url = server.Url, Bucket = "boundary", Organisation = "water", TokenFile = _token });
        evidence.Append(evidence.Station.Next("1.40", At), evidence.Station.Next(ProjectedEvidence.Missing(At)));
        evidence.Service.Start();
        await evidence.CaughtUp();

        Assert.All(server.Requests, r => Assert.Equal("Token t0ken==", r.Authorization));
        var batch = Assert.Single(server.Requests, r => r.Body.StartsWith("superseded_g1", StringComparison.Ordinal));
        Assert.Equal(Write2.Split('?')[0], batch.Address.Split('?')[0]);
        Assert.Equal(Write2.Split('?')[1].Split('&').Order(), batch.Address.Split('?')[1].Split('&').Order());
        Assert.Equal(
            $"superseded_g1,instrument=probe,parameter=w01019,revision=1,section=河口\\,\\ 1,series=ST-1 digits=\"1.40\",flag=\"N\",unit=\"mg/L\",value=1.4 {At.UnixMilliseconds}\n"
            + $"observation_g1,instrument=probe,parameter=w01019,section=河口\\,\\ 1,series=ST-1 flag=\"D\",missing=\"Fault\",revision=2i,unit=\"mg/L\" {At.UnixMilliseconds}",
            batch.Body);
        var deleted = server.Requests.Where(r => r.Address.StartsWith("POST /api/v2/delete?", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, deleted.Count);
        Assert.Contains("_measurement=\\\"observation_g1\\\" AND section=\\\"河口, 1\\\" AND parameter=\\\"w01019\\\"", deleted[0].Body, StringComparison.Ordinal);
        Assert.Contains("2020-09-13T12:26:40", deleted[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, """{"error":"engine: error writing WAL entry: write: no space left on device"}""")]
    [InlineData(503, """{"error":"timeout"}""")]
    [InlineData(429, "")]
    public async Task V1_WriteFails_IsTriedAgainAndNothingIsLost(int status, string said)
    {
        var failures = 2;
        using var server = new InfluxDouble(request => Task.FromResult(
            !request.Address.StartsWith("POST /write", StringComparison.Ordinal) ? (200, Pointers())
            : request.Body.StartsWith("observation", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0 ? (status, said)
            : Written(request)));
        await using var evidence = new ProjectedEvidence(V1(server));
        evidence.Append(evidence.Station.Next("1.0", At));
        evidence.Service.Start();
        await evidence.CaughtUp();

        Assert.Equal((2, 0), (evidence.Service.Meters.Failures, evidence.Service.Meters.Refused));
        Assert.Contains(evidence.Logger.Lines, l => l.Contains($"status {status}", StringComparison.Ordinal));
        var batches = server.Requests.Where(r => r.Body.StartsWith("observation", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, batches.Count);
        Assert.All(batches, b => Assert.Equal((batches[0].Body, "POST /write?db=waterwatch&precision=ms"), (b.Body, b.Address)));
    }

    [Fact]
    public async Task V1_ServerThatNeverAnswers_HoldsUpNeitherEvidenceNorTheEnd()
    {
        var never = new TaskCompletionSource<(int, string)>();
        using var server = new InfluxDouble(_ => never.Task);
        await using (var evidence = new ProjectedEvidence(V1(server), TimeSpan.FromMilliseconds(200)))
        {
            evidence.Service.Start();
            evidence.Append(evidence.Station.Next("1.0", At));
            await evidence.Says("failing");
            Assert.Contains("did not answer within 0.2 s", evidence.Service.Status.Detail, StringComparison.Ordinal);
            evidence.Append(evidence.Station.Next("2.0", At));
            Assert.Equal(2, evidence.Service.Lag);
        }

        never.SetResult((204, ""));
    }

    [Fact]
    public async Task V1_OneBadLineAmongMany_IsFoundAndTheOthersAreWritten()
    {
        var good = new HashSet<string>();
        using var server = new InfluxDouble(request =>
        {
            if (!request.Body.StartsWith("observation", StringComparison.Ordinal))
            {
                return Task.FromResult(request.Address.StartsWith("POST /write", StringComparison.Ordinal) ? Written(request) : (200, Pointers()));
            }

            var bad = request.Body.Contains("digits=\"13.0\"", StringComparison.Ordinal);
            good.UnionWith(bad ? [] : request.Body.Split('\n'));
            return Task.FromResult(bad ? (400, """{"error":"unable to parse"}""") : (204, ""));
        });
        await using var evidence = new ProjectedEvidence(V1(server));
        evidence.Append([.. Enumerable.Range(0, 40).Select(i => evidence.Station.Next($"{i}.0", At.PlusMilliseconds(i)))]);
        evidence.Service.Start();
        await evidence.CaughtUp();

        Assert.Equal((39, 1), (good.Count, evidence.Service.Meters.Refused));
        Assert.Contains(evidence.Logger.Lines, l => l.Contains("digits=\"13.0\"", StringComparison.Ordinal) && l.Contains("unable to parse", StringComparison.Ordinal));
    }

    public void Dispose() => File.Delete(_token);

    private static InfluxV1Configuration V1(InfluxDouble server) => new() { Url = server.Url, Database = "waterwatch" };

    private string Pointers() => _marker.Length == 0 ? """{"results":[{"statement_id":0}]}""" : InfluxDouble.Pointer(_generation, _marker);

    private (int, string) Written(InfluxRequest request)
    {
        if (Pointer().Match(request.Body) is { Success: true } match)
        {
            (_generation, _marker) = (match.Groups[1].Value, match.Groups[2].Value);
        }

        return (204, "");
    }

    [GeneratedRegex("^waterwatch_current,generation=([0-9]+) marker=\"([0-9a-f]{32})\",number=[0-9]+i [0-9]+$")]
    private static partial Regex Pointer();
}
