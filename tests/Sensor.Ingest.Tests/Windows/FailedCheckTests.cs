using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

/// <summary>What a station signed about its instruments decides what its readings are worth. Months of 2020, closed after 10 days.</summary>
public sealed class FailedCheckTests : IDisposable
{
    private const string Section = "河口";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");

    public FailedCheckTests() => File.Copy(Repository.PathOf("tests/cases/assessments/failed-check-back-to-last-good/agreement.json"), Path.Combine(_agreements, "case.json"));

    [Fact]
    public async Task Outcomes_CheckThatFailsAfterTheWindow_TakesBackWhatTheInstrumentMeasuredSinceTheLastGoodOne()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(5, "1.80"), Check(Moment(8, 5, 12), passed: true), Day(6, "30.0"), Day(7, "30.0"));
        Assert.Equal("fail", Json(await AssessAsync(ingest)).GetProperty("result").GetString());

        await SendAsync(ingest, Check(Moment(9, 2), passed: false));
        var outcome = Json(await AssessAsync(ingest));

        Assert.Equal(("pass", "provisional"), (outcome.GetProperty("result").GetString(), outcome.GetProperty("state").GetString()));
        var span = Assert.Single(outcome.GetProperty("trace").GetProperty("checks").EnumerateArray());
        Assert.Equal(("2020-08-05T12:00:00+08:00", "2020-09-02T08:00:00+08:00", 2), (span.GetProperty("lastGoodAt").GetString(), span.GetProperty("failedAt").GetString(), span.GetProperty("excluded").GetInt32()));
        Assert.Equal(_station.Sequence, Assert.Single(outcome.GetProperty("cut").GetProperty("stations").EnumerateArray()).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Outcomes_CheckThatFailsAfterTheDaysForLateData_LeavesTheFinalOutcome()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(5, "1.80"), Day(6, "30.0"), Reading(Moment(9, 12), "1.80"));
        var final = (await AssessAsync(ingest))[0];
        Assert.Equal("final", JsonElement.Parse(final.Document).GetProperty("state").GetString());

        await SendAsync(ingest, Check(Moment(9, 13), passed: false));

        Assert.Equal(final.Digest, (await AssessAsync(ingest))[0].Digest);
    }

    [Fact]
    public async Task Outcomes_ChecksThatPass_AreNoPartOfTheCut()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(5, "1.80"), Check(Moment(8, 6), passed: true));

        var outcome = Json(await AssessAsync(ingest));

        Assert.Empty(outcome.GetProperty("trace").GetProperty("checks").EnumerateArray());
        Assert.Equal(1, outcome.GetProperty("cut").GetProperty("stations")[0].GetProperty("sequence").GetInt64());
    }

    public void Dispose()
    {
        _station.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static JsonElement Json(IReadOnlyList<IssuedOutcome> outcomes) => JsonElement.Parse(outcomes[0].Document);

    private static Instant Moment(int month, int day, int hour = 8) => Instant.From(new DateTimeOffset(2020, month, day, hour, 0, 0, TimeSpan.FromHours(8)));

    private Envelope Day(int day, string permanganate) => Reading(Moment(8, day), permanganate);

    private Envelope Reading(Instant at, string permanganate) => _station.Next(
        new ReadingsBody(at, [.. Parameters.Zip([permanganate, "0.15", "0.027", "1.32"], (parameter, value) => TestStation.Reading(parameter, value, at))]), at);

    private Envelope Check(Instant at, bool passed) => _station.Next(
        new EventBody(new StationEvent { Type = EventType.Check, Instrument = "probe", Parameter = "w01019", Kind = "span", Passed = passed }), at);

    private static async Task<IReadOnlyList<IssuedOutcome>> AssessAsync(TestIngest ingest)
    {
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        return [.. ingest.Host.Outcomes.Concat(ingest.Host.Standings).OrderBy(o => o.Window, StringComparer.Ordinal)];
    }

    private Task<TestIngest> StartAsync() => TestIngest.StartAsync(agreements: _agreements, before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"));

    private async Task SendAsync(TestIngest ingest, params Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, records);
    }
}
