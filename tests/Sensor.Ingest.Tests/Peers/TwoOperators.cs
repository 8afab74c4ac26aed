using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Peers;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Peers;

/// <summary>Two ingests of one deployment, each with its own key, broker and store, the same agreement (months, closed after 10 days) and the same stations. Rounds are made by the tests.</summary>
internal sealed class TwoOperators : IAsyncDisposable
{
    public const string Section = "河口";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly string _keys = Directory.CreateTempSubdirectory("waterwatch-keys-").FullName;
    private readonly SigningKey _anhui;
    private readonly int _port = TestIngest.FreePort();
    private readonly List<TestIngest> _ingests = [];

    private TwoOperators(int stations)
    {
        (_anhui, ZhejiangKey) = (SigningKey.LoadOrCreate(KeyFile("anhui")), SigningKey.LoadOrCreate(KeyFile("zhejiang")));
        Stations = [.. Enumerable.Range(1, stations).Select(i => new TestStation($"ST-{i}"))];
        File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), Path.Combine(_agreements, "case.json"));
    }

    public IReadOnlyList<TestStation> Stations { get; }

    public SigningKey ZhejiangKey { get; }

    public TestIngest Anhui => _ingests[0];

    public TestIngest Zhejiang => _ingests[1];

    /// <summary>How Anhui stands to Zhejiang about August.</summary>
    public PeerStanding August => Anhui.Host.Pipeline.Peers.Standings().Single(s => s.Window == "2020-08");

    /// <summary>Starts both.</summary>
    /// <param name="stations">How many stations there are.</param>
    /// <param name="time">The clock of Anhui.</param>
    /// <param name="zhejiang">Where Anhui is told that Zhejiang is; null for where it is.</param>
    public static async Task<TwoOperators> StartAsync(int stations, TimeProvider? time = null, Uri? zhejiang = null)
    {
        var both = new TwoOperators(stations);
        var port = TestIngest.FreePort();
        await both.StartOneAsync("anhui", both._port, Peer("zhejiang", zhejiang ?? At(port), both.ZhejiangKey), time);
        await both.StartOneAsync("zhejiang", port, Peer("anhui", At(both._port), both._anhui), null);
        return both;
    }

    /// <summary>A record of a day of 2020, as every parameter measures it.</summary>
    public static Envelope Day(TestStation station, int month, int day, string codMn = "1.80")
    {
        var at = Moment(month, day);
        return station.Next(Body(at, codMn), at);
    }

    public static ReadingsBody Body(Instant at, string codMn) => new(at, [.. Parameters.Zip([codMn, "0.15", "0.027", "1.10"], (parameter, value) => TestStation.Reading(parameter, value, at))]);

    public static Instant Moment(int month, int day) => Instant.From(new DateTimeOffset(2020, month, day, 8, 0, 0, TimeSpan.FromHours(8)));

    public static async Task SendAsync(TestIngest ingest, TestStation station, params Envelope[] records)
    {
        if (records.Length > 0)
        {
            await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
            await client.SendAsync(station, records);
        }
    }

    public async Task SendToBothAsync(TestStation station, params Envelope[] records)
    {
        await SendAsync(Anhui, station, records);
        await SendAsync(Zhejiang, station, records);
    }

    /// <summary>Lets each decide and then look at the other, as often as it takes for news to go there and back.</summary>
    public async Task RoundsAsync(params TestIngest[] of)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var ingest in of.Length > 0 ? of : [.. _ingests])
            {
                await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
                await ingest.Host.Pipeline.Peers.RoundAsync(TestContext.Current.CancellationToken);
                await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ingest in _ingests)
        {
            await ingest.DisposeAsync();
        }

        Stations.ToList().ForEach(s => s.Dispose());
        _anhui.Dispose();
        ZhejiangKey.Dispose();
        Directory.Delete(_agreements, recursive: true);
        Directory.Delete(_keys, recursive: true);
    }

    private string KeyFile(string id) => Path.Combine(_keys, id + ".pem");

    private static Uri At(int port) => new($"http://127.0.0.1:{port}/");

    private static PeerConfiguration Peer(string id, Uri url, SigningKey key) => new() { Operator = id, Url = url, PublicKeyPem = key.Public.Pem, Every = TimeSpan.FromDays(1), UnansweredAfterDays = 30 };

    private async Task StartOneAsync(string id, int port, PeerConfiguration peer, TimeProvider? time) => _ingests.Add(await TestIngest.StartAsync(
        agreements: _agreements, time: time,
        before: host =>
        {
            foreach (var station in Stations)
            {
                host.EnrollStation(station.Id, Section, station.Key.Public, id);
            }
        },
        configure: configuration => configuration with { Operator = id, KeyFile = KeyFile(id), Http = new HttpConfiguration { Port = port }, Peers = [peer] }));
}
