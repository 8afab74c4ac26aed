using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

/// <summary>What a station measured while its clock was not synchronised is dated by its later and earlier records. Months of 2020.</summary>
public sealed class TimeResolutionTests : IDisposable
{
    private const string Section = "河口";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly TestStation _other = new("ST-2");
    private Instant _booted = Moment(8, 31, 12);

    [Fact]
    public async Task Outcomes_StationThatStartsIn1970_CountInTheWindowThatAnAnchorTells()
    {
        await using var ingest = await StartAsync("time-edge-in-neither");
        await SendAsync(ingest, Unsynchronised(Moment(8, 31, 20)), Unsynchronised(Moment(9, 1, 4)));
        Assert.Empty(await AssessAsync(ingest));

        await SendAsync(ingest, Synchronised(Moment(9, 1, 12)));
        var outcomes = await AssessAsync(ingest);

        Assert.Equal([(1, 1L + 2), (2, 1L + 2)], outcomes.Select(o => (Count(o), Sequence(o))));
        Assert.Equal(
            """[{"excluded":0,"method":"anchor-after","values":4,"widestErrorMilliseconds":5770}]""",
            outcomes[0].GetProperty("trace").GetProperty("time").GetProperty("methods").GetRawText());
        Assert.Equal("2020-08-31T20:00:00+08:00", outcomes[0].GetProperty("trace").GetProperty("readings").GetProperty("records")[0].GetProperty("time").GetString());
    }

    [Fact]
    public async Task Outcomes_IntervalOverTheEdge_CountsInNeither()
    {
        await using var ingest = await StartAsync("time-edge-in-neither");
        await SendAsync(ingest, Unsynchronised(Moment(9, 1, 0).PlusMilliseconds(-1_000)), Synchronised(Moment(9, 1, 12)));

        var outcomes = await AssessAsync(ingest);

        Assert.Equal([0, 1], outcomes.Select(Count));
        var finding = outcomes[0].GetProperty("trace").GetProperty("time").GetProperty("findings")[0];
        Assert.Equal(
            ("at-window-edge", "2020-08-31T23:59:54.669+08:00", "2020-09-01T00:00:03.331+08:00"),
            (finding.GetProperty("reason").GetString(), finding.GetProperty("earliest").GetString(), finding.GetProperty("latest").GetString()));
    }

    [Fact]
    public async Task Outcomes_AgreementThatDemandsNothing_LeaveTheStationsClock()
    {
        await using var ingest = await StartAsync("time-not-demanded");
        await SendAsync(ingest, Unsynchronised(Moment(8, 31, 20)), Synchronised(Moment(9, 1, 12)));

        Assert.Equal([1], (await AssessAsync(ingest)).Select(Count));
    }

    [Fact]
    public async Task Outcomes_AnchorAfterTheDaysForLateData_IsLateDataAndLeavesTheFinalOutcome()
    {
        await using var ingest = await StartAsync("time-edge-in-neither");
        _booted = Moment(8, 5, 0);
        await SendAsync(ingest, Synchronised(Moment(8, 5, 8)));
        _station.Restart(_station.Memory);
        _booted = Moment(8, 31, 12);
        await SendAsync(ingest, Unsynchronised(Moment(8, 31, 20)));
        await using (var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _other.Id))
        {
            await client.SendAsync(_other, _other.Next("1.00", Moment(9, 12, 8)));
        }

        var final = (await AssessAsync(ingest))[0];
        Assert.Equal(("final", 1), (final.GetProperty("state").GetString(), Count(final)));

        await SendAsync(ingest, Synchronised(Moment(9, 1, 12)));

        Assert.Equal(final.GetRawText(), (await AssessAsync(ingest))[0].GetRawText());
        var late = ingest.Host.Outcomes.OrderBy(o => o.Window, StringComparer.Ordinal).First().LateFinding!;
        Assert.Equal(2, Count(JsonElement.Parse(ingest.Host.Pipeline.Outcomes.FindLate(late.Digest)!)));
    }

    public void Dispose()
    {
        _other.Dispose();
        _station.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static Instant Moment(int month, int day, int hour) => Instant.From(new DateTimeOffset(2020, month, day, hour, 0, 0, TimeSpan.FromHours(8)));

    private static int Count(JsonElement outcome) => outcome.GetProperty("trace").GetProperty("parameters")[0].GetProperty("count").GetInt32();

    private static long Sequence(JsonElement outcome) => Assert.Single(outcome.GetProperty("cut").GetProperty("stations").EnumerateArray()).GetProperty("sequence").GetInt64();

    // The clock begins in 1970 with the boot, as on a board that has none of its own.
    private Envelope Unsynchronised(Instant truly)
    {
        var since = truly.UnixMilliseconds - _booted.UnixMilliseconds;
        (_station.Clock, _station.BootMilliseconds) = (new ClockState(ClockStatus.Unsynchronised, null, "kernel"), since);
        return Readings(new Instant(since));
    }

    private Envelope Synchronised(Instant truly)
    {
        (_station.Clock, _station.BootMilliseconds) = (new ClockState(ClockStatus.Synchronised, 10, "kernel"), truly.UnixMilliseconds - _booted.UnixMilliseconds);
        return Readings(truly);
    }

    private Envelope Readings(Instant at) =>
        _station.Next(new ReadingsBody(at, [.. Parameters.Zip(["1.80", "0.15", "0.027", "1.32"], (parameter, value) => TestStation.Reading(parameter, value, at))]), at);

    private static async Task<List<JsonElement>> AssessAsync(TestIngest ingest)
    {
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        return [.. ingest.Host.Outcomes.Concat(ingest.Host.Standings).OrderBy(o => o.Window, StringComparer.Ordinal).Select(o => JsonElement.Parse(o.Document))];
    }

    private async Task<TestIngest> StartAsync(string agreement)
    {
        File.Copy(Repository.PathOf($"tests/cases/assessments/{agreement}/agreement.json"), Path.Combine(_agreements, "case.json"));
        return await TestIngest.StartAsync(agreements: _agreements, before: host =>
        {
            host.EnrollStation(_station.Id, Section, _station.Key.Public, "test");
            host.EnrollStation(_other.Id, Section, _other.Key.Public, "test");
        });
    }

    private async Task SendAsync(TestIngest ingest, params Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, records);
    }
}
