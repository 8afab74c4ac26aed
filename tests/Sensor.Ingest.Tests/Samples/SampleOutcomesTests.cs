using System.Net;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Ingest.Samples;
using Sensor.Ingest.Tests.Bundles;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Tests.Samples;

/// <summary>Files of joint samples lead to outcomes beside a running service. Months of 2020, closed after 10 days; no station stands at the section.</summary>
public sealed class SampleOutcomesTests : IDisposable
{
    private readonly string _agreements = SampleCase.AgreementsFolder();

    private static string September => SampleCase.Of("lab-up").Replace("2020-08-04", "2020-09-15", StringComparison.Ordinal);

    [Fact]
    public async Task Outcomes_HalvesThenReserve_AreWhatTheFileAloneComesToAndNameBothFiles()
    {
        await using var ingest = await TestIngest.StartAsync(agreements: _agreements);

        Enter(ingest, SampleCase.Of("lab-up"));
        Enter(ingest, SampleCase.Of("lab-down"));
        await Stands(ingest, "indeterminate", standing: true);
        Assert.Contains("reserve-to-be-opened", (await Standing(ingest)).GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("code").GetString()));
        Enter(ingest, SampleCase.Of("lab-reserve"));
        await Stands(ingest, "pass", standing: true);
        Enter(ingest, September);
        await Stands(ingest, "pass", standing: false);

        var issued = Assert.Single(ingest.Host.Outcomes);
        var cut = JsonElement.Parse(issued.Document).GetProperty("cut");
        Assert.Equal(
            new[] { "lab-up", "lab-down", "lab-reserve" }.Select(l => Digest.Of(SampleCase.Bytes(SampleCase.Of(l))).ToString()).Order(StringComparer.Ordinal),
            cut.GetProperty("samples").EnumerateArray().Select(s => s.GetProperty("sha256").GetString()));
        Assert.Equal(FromTheFile().VerdictDigest, issued.VerdictDigest);
        Assert.Equal("3 files of laboratories' results, each the one that the outcome names", Assert.Single(await BundlesOf.VerifiedAsync(ingest)).Held.Single(c => c.Subject == "joint samples").Words);
    }

    [Fact]
    public async Task Outcomes_RevisionOfAFinalWindow_IsALateFindingAndOfAnOpenOneCounts()
    {
        await using var ingest = await TestIngest.StartAsync(agreements: _agreements);
        Enter(ingest, SampleCase.All);
        await Stands(ingest, "pass", standing: true);
        Enter(ingest, SampleCase.Of("lab-reserve").Replace("1.80", "1.81", StringComparison.Ordinal), "read anew");
        await Until.True(async () => (await Standing(ingest)).GetProperty("trace").GetProperty("revisions").GetArrayLength() == 1, "the revision is evaluated");
        Assert.Equal("1.81", JointSample(await Standing(ingest)).GetProperty("value").GetString());

        Enter(ingest, September);
        await Stands(ingest, "pass", standing: false);
        Enter(ingest, SampleCase.Of("lab-reserve").Replace("1.80", "1.82", StringComparison.Ordinal), "and again");

        await Until.True(() => ingest.Host.Outcomes[0].LateFinding is not null, "the late finding");
        Assert.Equal("1.81", JointSample(JsonElement.Parse(ingest.Host.Outcomes[0].Document)).GetProperty("value").GetString());
        var supersedes = JsonElement.Parse(ingest.Host.Outcomes[0].Document).GetProperty("cut").GetProperty("samples").EnumerateArray().SelectMany(s => s.GetProperty("supersedes").EnumerateArray()).Select(s => s.GetString());
        Assert.Equal([Digest.Of(SampleCase.Bytes(SampleCase.All)).ToString()], supersedes);
        Assert.Contains(await BundlesOf.VerifiedAsync(ingest), r => r.Held.Any(c => c.Words.StartsWith("2 files of laboratories' results", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Outcomes_SampleAfterTheLatestClockOfAStation_WaitsForIt()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(agreements: _agreements, before: host => host.EnrollStation(station.Id, "河口", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        await client.SendAsync(station, station.Next(sampled: At("2020-08-03T10:00:00+08:00")));
        await client.Receipted(station.Run, 1);
        Enter(ingest, SampleCase.All);

        await Until.True(async () => (await AssessAsync(ingest)).Standings.Count == 1, "the window stands");
        Assert.False((await Standing(ingest)).GetProperty("cut").TryGetProperty("samples", out _));
        await client.SendAsync(station, station.Next(sampled: At("2020-08-05T10:00:00+08:00")));
        await client.Receipted(station.Run, 2);
        await Stands(ingest, "pass", standing: true);

        Assert.Single((await Standing(ingest)).GetProperty("cut").GetProperty("samples").EnumerateArray());
    }

    [Fact]
    public async Task Api_Samples_AreServedWithTheirBytesAndCompared()
    {
        await using var ingest = await TestIngest.StartAsync(agreements: _agreements);
        var halves = SampleCase.Of("lab-up") + string.Join('\n', SampleCase.Of("lab-down").Split('\n')[1..]);
        Enter(ingest, halves);
        using var http = new HttpClient { BaseAddress = ingest.Host.HttpAddress };
        Task<string> Get(string path) => http.GetStringAsync(new Uri("/api/v1/samples" + path, UriKind.Relative), TestContext.Current.CancellationToken);

        var listed = Assert.Single(JsonElement.Parse(await Get("")).EnumerateArray());
        Assert.Equal((Digest.Of(SampleCase.Bytes(halves)).ToString(), 8, "a test"), (listed.GetProperty("digest").GetString(), listed.GetProperty("results").GetInt32(), listed.GetProperty("recordedBy").GetString()));
        Assert.Equal(halves, await Get("/" + listed.GetProperty("digest").GetString()));
        var compared = JsonElement.Parse(await Get("/compared?agreement=case")).EnumerateArray().ToList();
        Assert.Equal([true, false, false, false], compared.Select(c => c.GetProperty("reserveNeeded").GetBoolean()));
        Assert.Equal(("case", "河口", "2020-08", "0.3600001"), (
            compared[0].GetProperty("agreement").GetString(), compared[0].GetProperty("section").GetString(), compared[0].GetProperty("window").GetString(), compared[0].GetProperty("difference").GetString()));
        foreach (var (path, status) in new[] { ("/xyz", HttpStatusCode.BadRequest), ("/" + new string('0', 64), HttpStatusCode.NotFound), ("/compared?agreement=other", HttpStatusCode.NotFound) })
        {
            Assert.Equal(status, (await http.GetAsync(new Uri("/api/v1/samples" + path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    public void Dispose() => Directory.Delete(_agreements, recursive: true);

    /// <summary>Enters as the command line does: beside the running service, through another connection.</summary>
    private static void Enter(TestIngest ingest, string file, string? reason = null)
    {
        using var store = SampleStore.Open(ingest.Configuration.DataDirectory, TimeProvider.System);
        new SampleDesk(store, AgreementFolder.Read(ingest.Configuration.AgreementsDirectory), TimeProvider.System).Enter("s.csv", SampleCase.Bytes(file), reason, "a test");
    }

    private static Outcome FromTheFile()
    {
        var agreement = AgreementHistory.Of([AgreementDocument.Read("case", File.ReadAllBytes(SampleCase.Agreement))]);
        var lines = EnteredSamples.Read(SampleCase.Bytes(SampleCase.All));
        return Assert.Single(Assessment.Assess(agreement, new AssessmentInput { Observations = [.. lines.Select(l => l.ToObservation())], AsOf = At("2020-09-11T00:00:00+08:00") }));
    }

    private static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new FormatException(text);

    private static JsonElement JointSample(JsonElement outcome) => outcome.GetProperty("trace").GetProperty("jointSamples")[0];

    private static async Task<(IReadOnlyList<IssuedOutcome> Outcomes, IReadOnlyList<IssuedOutcome> Standings)> AssessAsync(TestIngest ingest)
    {
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        return (ingest.Host.Outcomes, ingest.Host.Standings);
    }

    private static async Task<JsonElement> Standing(TestIngest ingest) => JsonElement.Parse((await AssessAsync(ingest)).Standings.First(s => s.Window == "2020-08").Document);

    private static Task Stands(TestIngest ingest, string result, bool standing) => Until.True(
        async () =>
        {
            var (outcomes, standings) = await AssessAsync(ingest);
            return (standing ? standings : outcomes).Any(o => o.Window == "2020-08" && JsonElement.Parse(o.Document).GetProperty("result").GetString() == result);
        },
        $"{result} stands for August");
}
