using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Alerts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.PowerCuts;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Alerts;

public sealed class AlertJudgeTests : IDisposable
{
    private const long Hour = 3_600_000;
    private static readonly AlertConfiguration Configuration = Read("""
        { "tests": [
            { "test": "gross_range", "name": "high", "parameter": "w01019", "samples": 3, "parameters": { "fail_span": ["0", "10"] } },
            { "test": "spike", "parameter": "w01019", "parameters": { "fail_threshold": "50" } },
            { "test": "flat_line", "parameter": "w01019", "parameters": { "tolerance": "0.001", "suspect_threshold_s": "14400", "fail_threshold_s": "36000" } } ] }
        """);

    private readonly TestStation _station = new("ST-1");
    private readonly IngestConfiguration _configuration = TestIngest.Configure(new HostedBroker { Port = 1 });
    private readonly RegistryStore _registry;
    private readonly EvidenceLog _log;
    private readonly Database _evidence;
    private AlertStore _store;
    private Instant _now = TestStation.Start;

    public AlertJudgeTests()
    {
        _registry = RegistryStore.Open(_configuration.DataDirectory, TimeProvider.System);
        _registry.Enroll(_station.Id, "Jiekou", _station.Key.Public, null, "a test");
        _log = EvidenceLog.Open(_configuration.DataDirectory, TimeProvider.System);
        _evidence = Database.OpenForReading(EvidenceLog.PathIn(_configuration.DataDirectory));
        _store = AlertStore.Open(_configuration.DataDirectory, -1);
    }

    public void Dispose()
    {
        _store.Dispose();
        _evidence.Dispose();
        _log.Dispose();
        _registry.Dispose();
        _station.Dispose();
        Directory.Delete(_configuration.DataDirectory, recursive: true);
    }

    [Fact]
    public void Next_ValuesOutsideTheRange_AlertAtTheLastOfSoManyAndOnce()
    {
        Assert.Empty(Come(1, "5"));
        Assert.Empty(Come(2, "11"));
        Assert.Empty(Come(3, "12"));

        var alert = Assert.Single(Come(4, "13"));

        Assert.Equal(("high", "Jiekou", "ST-1", 4, false), (alert.Rule, alert.Section, alert.Station, alert.Flag, alert.Late));
        Assert.Equal(At(4), alert.Time);
        Assert.Contains("13", alert.En, StringComparison.Ordinal);
        Assert.Empty(Come(5, "14"));
        Assert.Empty(Come(6, "5"));
        Assert.Empty(Come(7, "15"));
    }

    [Fact]
    public void Next_Spike_AlertsWhenTheValueBehindItHasCome()
    {
        Come(1, "1");
        Assert.Empty(Come(2, "90"));

        var alert = Assert.Single(Come(3, "2"));

        Assert.Equal(("spike", At(2), false), (alert.Rule, alert.Time, alert.Late));
    }

    [Fact]
    public void Next_AfterARestart_GoesOnWhereItWas()
    {
        Come(1, "11");
        Come(2, "12");
        Restart();

        Assert.Equal("high", Assert.Single(Come(3, "13")).Rule);
        Restart();
        Assert.Null(Judge());
        Assert.Equal("high", Assert.Single(_store.Last(10)).Rule);
    }

    [Fact]
    public void Next_LateData_AreNamedLateAndNotRaisedAsNews()
    {
        Come(20, "5");
        Come(1, "11");
        Come(2, "12");

        Assert.True(Assert.Single(Come(3, "13")).Late);
    }

    [Fact]
    public void Next_ValueOlderThanFresh_IsLateAlthoughNothingNewerWasJudged()
    {
        _now = At(100);
        Come(1, "11", settleClock: false);
        Come(2, "12", settleClock: false);

        Assert.True(Assert.Single(Come(3, "13", settleClock: false)).Late);
    }

    [Fact]
    public void Next_TheSameAlertAgain_IsThereOnce()
    {
        Come(1, "11");
        Come(2, "12");
        Come(3, "13");
        _store.Dispose();
        _store = AlertStore.Open(_configuration.DataDirectory, 0);

        Assert.Empty(Judge()!);
        Assert.Single(_store.Last(10));
    }

    [Fact]
    public void Open_NewFileBesideOldEvidence_BeginsBehindIt()
    {
        using var other = AlertStore.Open(Path.Combine(_configuration.DataDirectory, "other"), 41);

        Assert.Equal(41, other.Cursor);
    }

    [Theory]
    [InlineData("""{ "tests": [] }""", "tests")]
    [InlineData("""{ "tests": [ { "test": "gros_range", "parameter": "w01019", "parameters": {} } ] }""", "tests[0].test")]
    [InlineData("""{ "test": [] , "tests": [ { "test": "conductivity_jump", "parameters": {} } ] }""", "test")]
    [InlineData("""{ "tests": [ { "test": "conductivity_jump", "parameters": {} }, { "test": "conductivity_jump", "parameters": {} } ] }""", "tests")]
    [InlineData("""{ "tests": [ { "test": "neighbour", "parameter": "w01019", "sections": ["B"], "neighbour": "A", "parameters": { "suspect_threshold": "1" } } ] }""", "tests[0].test")]
    public void Read_Mistake_IsNamedWithItsPlaceAndRemedy(string json, string place)
    {
        var problems = Assert.Throws<DocumentException>(() => Read(json)).Problems;

        Assert.Contains(problems, problem => problem.Path == place);
        Assert.All(problems, problem => Assert.NotEmpty(problem.Remedy));
    }

    private static AlertConfiguration Read(string json) => StrictDocument.Read("alerts", Encoding.UTF8.GetBytes(json), AlertConfiguration.Read);

    private static Instant At(int hour) => TestStation.Start.PlusMilliseconds(hour * Hour);

    private IReadOnlyList<Alert> Come(int hour, string value, bool settleClock = true)
    {
        _now = settleClock && At(hour) > _now ? At(hour) : _now;
        _log.Append([EvidenceChild.Arrival(_station.Next(value, At(hour)))]);
        return Judge() ?? [];
    }

    private IReadOnlyList<Alert>? Judge() => new AlertJudge(Configuration, _evidence, _store).Next(_registry.Load(), _now);

    private void Restart()
    {
        _store.Dispose();
        _store = AlertStore.Open(_configuration.DataDirectory, _evidence.Number("SELECT max(idx) FROM evidence") ?? -1);
    }
}
