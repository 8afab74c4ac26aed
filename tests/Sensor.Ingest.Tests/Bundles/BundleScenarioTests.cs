using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence.Postgres;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Bundles;

/// <summary>The bundle of every signed outcome verifies, whatever it rests on, here and in Python.</summary>
public sealed class BundleScenarioTests(PostgresCluster cluster) : IDisposable
{
    private const string Section = "河口";
    private const string Bonus = "tests/cases/assessments/synthetic-round-3-bonus/agreement.json";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];

    private const string Time = """
        "time": {
          "clockDriftPpm": { "value": "100", "source": "Case", "certainty": "known-high" },
          "leastErrorMilliseconds": { "value": "1000", "source": "Case", "certainty": "known-high" },
          "widestSeconds": { "value": "600", "source": "Case", "certainty": "known-high" },
          "atWindowEdge": { "value": "neither", "source": "Case", "certainty": "known-high" }
        },
        """;

    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly TestStation _other = new("ST-2");

    [Fact]
    public async Task Bundle_OfAnAgreementThatAsksForChecks_HoldsTheChecksOfEveryRun()
    {
        await using var ingest = await StartAsync("tests/cases/assessments/failed-check-back-to-last-good/agreement.json");
        await SendAsync(ingest, _station, Check(Moment(7, 20), "w21003", passed: false), Day(8, 5, "1.80"), Check(Moment(8, 5, 12), "w01019", passed: true));
        _station.Restart(_station.Memory);
        await SendAsync(ingest, _station, Check(Moment(8, 5, 13), "w21003", passed: true), Check(Moment(8, 5, 14), "w21011", passed: true));
        _station.Restart(_station.Memory);
        await SendAsync(ingest, _station, Day(8, 6, "30.0"), Day(8, 7, "30.0"), Check(Moment(9, 2), "w01019", passed: false));
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        var report = Assert.Single(await BundlesOf.VerifiedAsync(ingest));

        var trace = (Sensor.Compliance.Outcomes.JsonObject)report.Outcome!.Json["trace"];
        Assert.Equal(2, ((Sensor.Compliance.Outcomes.JsonList)trace["checks"]).Items.Count);
    }

    [Fact]
    public async Task Bundle_OfAnAgreementThatResolvesTime_HoldsWhatDatesItsRecordsAndTheChecksOfOtherMonths()
    {
        await using var ingest = await StartAsync(
            "tests/cases/assessments/failed-check-back-to-last-good/agreement.json",
            text => text.Replace("\"data\": {", "\"data\": {" + Time, StringComparison.Ordinal));
        await SendAsync(ingest, _station, Undated(() => Day(8, 10, "1.80", Moment(8, 10)), 1_000), Dated(() => Day(8, 11, "1.80"), 86_401_000));
        _station.Restart(_station.Memory);

        // A failed check of October whose clock began in 1970: taken at its word it would make all of August invalid.
        var check = Undated(() => Check(new Instant(5_000), "w21003", passed: false), 5_000);
        await SendAsync(ingest, _station, check, Dated(() => Day(10, 21, "1.80"), 7_000));
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        var august = (await BundlesOf.VerifiedAsync(ingest)).Single(r => r.Manifest!.Window == "2020-08");

        Assert.Equal("final", august.Outcome!.State);
        Assert.Contains("2 records", august.Held.Single(c => c.Subject == "station ST-1").Words, StringComparison.Ordinal);
        Assert.Contains("4 signed records", august.Held.Single(c => c.Subject == "records").Words, StringComparison.Ordinal);
        Assert.Contains("at 2 moments", string.Join(' ', Sensor.Compliance.Explanations.OutcomeExplanation.Of(august.Outcome!).Select(l => l.En)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_OfASectionThatIsComparedWithAnother_HoldsTheRecordsOfBoth()
    {
        await using var ingest = await TestIngest.StartAsync(
            agreements: Agreements("agreements/hebei-2016.json"),
            before: host =>
            {
                host.EnrollStation(_station.Id, "PA", _station.Key.Public, "test");
                host.EnrollStation(_other.Id, "PB", _other.Key.Public, "test");
            });
        await SendAsync(ingest, _station, Hebei(_station, "20"));
        await SendAsync(ingest, _other, Hebei(_other, "50"));
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        var reports = await BundlesOf.VerifiedAsync(ingest);

        Assert.Equal(["PA", "PB"], reports.Select(r => r.Manifest!.Section));
        Assert.Contains(reports[1].Held, c => c.Subject == "station ST-1");
        Assert.Contains(reports[1].Held, c => c.Subject == "station ST-2");
    }

    [Fact]
    public async Task Bundle_OfAFinalOutcome_LeavesOutTheLostRecordThatCameAfterAll()
    {
        await using var ingest = await StartAsync(Bonus);
        var (first, lost, third) = (Day(8, 10, "1.80"), Day(8, 11, "30.0"), Day(8, 12, "1.80"));
        var run = _station.Run;
        _station.Restart(_station.Memory);
        await SendAsync(ingest, _station, first, third, _station.Next(new LossBody { Run = run, First = 2, Last = 2, Count = 1, Reason = LossReason.Space, LastDigest = lost.Digest }, Moment(8, 13)), Day(9, 12, "1.80"));
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        Assert.Equal("final", Assert.Single(await BundlesOf.VerifiedAsync(ingest)).Outcome!.State);

        await SendAsync(ingest, _station, lost);
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(Assert.Single(ingest.Host.Outcomes).LateFinding);
        var report = Assert.Single(await BundlesOf.VerifiedAsync(ingest));
        Assert.Contains("1 losses that the station declared", report.Held.Single(c => c.Subject == "station ST-1").Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_OfAWindowThatADeterminationExemptsAndNobodyMeasured_HoldsNoRecord()
    {
        using SigningKey up = SigningKey.Create(), down = SigningKey.Create();
        await using var ingest = await TestIngest.StartAsync(
            agreements: Agreements(Bonus), before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"),
            parties: [new PartyConfiguration("up", up.Public.Pem), new PartyConfiguration("down", down.Public.Pem)]);
        await SendAsync(ingest, _station, Day(8, 10, "1.80"));
        var document = Encoding.UTF8.GetBytes(
            $$"""{"schema":"waterwatch/determinations/1","agreement":"case","version":1,"determinations":[{"id":"ice","kind":"exempt","section":"{{Section}}","from":"2020-07-01T00:00:00+08:00","to":"2020-08-01T00:00:00+08:00","reason":{"code":"frozen","en":"ice","zh":"封冻"},"document":"No. 1","decidedBy":["A","B"]}]}""");
        using (var store = DeterminationStore.Open(ingest.Configuration.DataDirectory, TimeProvider.System))
        {
            var signatures = new[] { up, down }.ToDictionary(k => k.Public.Id.ToString(), k => DetachedJws.Sign(ContentTypes.Determination, document, k), StringComparer.Ordinal);
            new DeterminationDesk(store, AgreementFolder.Read(_agreements), ingest.Configuration.Parties).Enter("d.json", document, signatures, "test");
        }

        await Until.True(
            async () =>
            {
                await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
                return ingest.Host.Outcomes.Any(o => o.Window == "2020-07");
            },
            "July is exempt");
        var reports = await BundlesOf.VerifiedAsync(ingest);

        Assert.Equal("0 signed records", reports.Single(r => r.Manifest!.Window == "2020-07").Held.Single(c => c.Subject == "records").Words);
    }

    [Fact]
    public async Task Bundle_OfAStationThatMovedAndOfANumberSharedWithALaterVersion_CountsNeither()
    {
        await using var ingest = await StartAsync(Bonus);
        ingest.Host.Pipeline.Registry.Enroll(_station.Id, "上游", _station.Key.Public, Moment(8, 15), "test");
        ingest.Host.Pipeline.Watch.Reload();
        await SendAsync(ingest, _station, Day(8, 10, "1.80"), _station.SignLaterVersion(), Day(8, 11, "1.80"), Day(8, 12, "1.80"), Day(8, 16, "30.0", Moment(9, 1)));
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        var report = Assert.Single(await BundlesOf.VerifiedAsync(ingest));

        Assert.Contains("1 records that this version does not understand", report.Held.Single(c => c.Subject == "station ST-1").Words, StringComparison.Ordinal);
        Assert.Contains("4 signed records", report.Held.Single(c => c.Subject == "records").Words, StringComparison.Ordinal);
        Assert.Contains("at 2 moments", string.Join(' ', Sensor.Compliance.Explanations.OutcomeExplanation.Of(report.Outcome!).Select(l => l.En)), StringComparison.Ordinal);
        Assert.Equal("pass", report.Computation!.Assess(null).Json["result"] is Sensor.Compliance.Outcomes.JsonText result ? result.Value : "");
    }

    [Fact]
    public async Task Bundle_WithoutTheRunBefore_TellsThatItsBeginningIsMissing()
    {
        await using var ingest = await StartAsync(Bonus);
        Day(8, 9, "9.99");
        _station.Restart(_station.Memory);
        await SendAsync(ingest, _station, Day(8, 10, "1.80"), Day(9, 1, "1.80"));
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        var report = Assert.Single(await BundlesOf.VerifiedAsync(ingest));

        Assert.Contains("1 runs of whose predecessor the bundle lacks the beginning", report.Held.Single(c => c.Subject == "station ST-1").Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_OfEvidenceInPostgres_Holds()
    {
        var store = cluster.CreateStore();
        await using (var ingest = await TestIngest.StartAsync(agreements: Agreements(Bonus), before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"), store: store))
        {
            var (first, _, third) = (Day(8, 10, "1.80"), Day(8, 11, "30.0"), Day(8, 12, "1.80"));
            var run = _station.Run;
            _station.Restart(_station.Memory);
            await SendAsync(ingest, _station, first, third, _station.Next(new LossBody { Run = run, First = 2, Last = 2, Count = 1, Reason = LossReason.Age }, Moment(8, 13)), Day(9, 1, "1.80"));
            await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);

            Assert.Contains("log", Assert.Single(await BundlesOf.VerifiedAsync(ingest)).Held.Select(c => c.Subject));
        }

        cluster.Drop(PostgresSettings.ConnectionString(store));
    }

    public void Dispose()
    {
        _station.Dispose();
        _other.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static Instant Moment(int month, int day, int hour = 8) => Instant.From(new DateTimeOffset(2020, month, day, hour, 0, 0, TimeSpan.FromHours(8)));

    private Envelope Day(int month, int day, string codMn, Instant? wall = null)
    {
        var at = Moment(month, day);
        return _station.Next(new ReadingsBody(at, [.. Parameters.Zip([codMn, "0.15", "0.027", "1.10"], (parameter, value) => TestStation.Reading(parameter, value, at))]), wall ?? at);
    }

    private Envelope Check(Instant at, string parameter, bool passed) => _station.Next(
        new EventBody(new StationEvent { Type = EventType.Check, Instrument = "probe", Parameter = parameter, Kind = "span", Passed = passed }), at);

    private static Envelope Hebei(TestStation station, string cod)
    {
        var at = Instant.From(new DateTimeOffset(2017, 3, 10, 8, 0, 0, TimeSpan.FromHours(8)));
        return station.Next(
            new ReadingsBody(at, [TestStation.Reading("w01018", cod, at), TestStation.Reading("w21003", "0.5", at), TestStation.Reading("w21011", "0.1", at)]), at.PlusMilliseconds(40L * 86_400_000));
    }

    private Envelope Dated(Func<Envelope> next, long bootMilliseconds) => At(new ClockState(ClockStatus.Synchronised, 10, "kernel"), bootMilliseconds, next);

    private Envelope Undated(Func<Envelope> next, long bootMilliseconds) => At(new ClockState(ClockStatus.Unsynchronised, null, "kernel"), bootMilliseconds, next);

    private Envelope At(ClockState clock, long bootMilliseconds, Func<Envelope> next)
    {
        (_station.Clock, _station.BootMilliseconds) = (clock, bootMilliseconds);
        return next();
    }

    private string Agreements(string path, Func<string, string>? edit = null)
    {
        File.WriteAllText(Path.Combine(_agreements, "case.json"), (edit ?? (text => text))(File.ReadAllText(Repository.PathOf(path))));
        return _agreements;
    }

    private Task<TestIngest> StartAsync(string agreement, Func<string, string>? edit = null) => TestIngest.StartAsync(
        agreements: Agreements(agreement, edit), before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"));

    private static async Task SendAsync(TestIngest ingest, TestStation station, params Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        await client.SendAsync(station, records);
    }
}
