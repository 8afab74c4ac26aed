using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

/// <summary>An agreement that compares a section with its inflow: PB lies below PA, and is charged only where the inflow met its target or is made worse.</summary>
public sealed class OtherSectionTests : IDisposable
{
    private static readonly Instant Sampled = Instant.From(new DateTimeOffset(2017, 3, 10, 8, 0, 0, TimeSpan.FromHours(8)));
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _above = new("ST-PA");
    private readonly TestStation _below = new("ST-PB");

    public OtherSectionTests() => File.Copy(Repository.PathOf("agreements/hebei-2016.json"), Path.Combine(_agreements, "hebei.json"));

    [Fact]
    public async Task Outcomes_NewsOfTheInflow_DecideTheSectionBelowItAndNameBothStations()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, _below, "50");
        var open = Assert.Single(ingest.Host.Outcomes);
        Assert.Equal(("PB", "indeterminate"), (open.Section, Text(open, "result")));
        Assert.Equal(["ST-PB"], StationsOf(open));

        // Nobody asks: news of the station above alone make the section below be evaluated again.
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _above.Id);
        await client.SendAsync(_above, Record(_above, "20"));
        await Until.True(() => ingest.Host.Outcomes.Any(o => o.Section == "PB" && o.Digest != open.Digest), "the section below is decided");

        var below = ingest.Host.Outcomes.Single(o => o.Section == "PB");
        Assert.Equal(("fail", "600000"), (Text(below, "result"), JsonElement.Parse(below.Document).GetProperty("amount").GetProperty("value").GetString()));
        Assert.Equal(["ST-PA", "ST-PB"], StationsOf(below));
        Assert.Equal(open.Digest, below.Supersedes);
        Assert.Equal("pass", Text(ingest.Host.Outcomes.Single(o => o.Section == "PA"), "result"));
    }

    [Fact]
    public async Task Outcomes_OneBatchOrOneByOneInAnyOrder_AreTheSameBytes()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var (above, below) = (Record(_above, "45"), Record(_below, "50"));
        foreach (var (ingest, first, second) in new[] { (one, (_above, above), (_below, below)), (other, (_below, below), (_above, above)) })
        {
            await SendAsync(ingest, first.Item1, first.Item2);
            await SendAsync(ingest, second.Item1, second.Item2);
        }

        Assert.Equal(one.Host.Outcomes.Select(o => o.VerdictDigest), other.Host.Outcomes.Select(o => o.VerdictDigest));
        Assert.Equal("1200000", JsonElement.Parse(one.Host.Outcomes.Single(o => o.Section == "PB").Document).GetProperty("amount").GetProperty("value").GetString());
    }

    public void Dispose()
    {
        _above.Dispose();
        _below.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static string? Text(IssuedOutcome outcome, string member) => JsonElement.Parse(outcome.Document).GetProperty(member).GetString();

    private static IEnumerable<string?> StationsOf(IssuedOutcome outcome) =>
        JsonElement.Parse(outcome.Document).GetProperty("cut").GetProperty("stations").EnumerateArray().Select(s => s.GetProperty("station").GetString());

    private static Envelope Record(TestStation station, string cod) => station.Next(
        new ReadingsBody(Sampled, [TestStation.Reading("w01018", cod, Sampled), TestStation.Reading("w21003", "0.5", Sampled), TestStation.Reading("w21011", "0.1", Sampled)]),
        Sampled.PlusMilliseconds(40L * 86_400_000));

    private static Task SendAsync(TestIngest ingest, TestStation station, string cod) => SendAsync(ingest, station, Record(station, cod));

    private static async Task SendAsync(TestIngest ingest, TestStation station, Envelope record)
    {
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        await client.SendAsync(station, record);
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
    }

    private Task<TestIngest> StartAsync() => TestIngest.StartAsync(agreements: _agreements, before: host =>
    {
        host.EnrollStation(_above.Id, "PA", _above.Key.Public, "test");
        host.EnrollStation(_below.Id, "PB", _below.Key.Public, "test");
    });
}
