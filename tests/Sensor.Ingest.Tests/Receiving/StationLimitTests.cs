using System.Text.Json;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

/// <summary>A station that babbles uses up its own room and nobody else's.</summary>
public sealed class StationLimitTests
{
    private static readonly StationLimits Few = new() { RecordsPerMinute = 600, BurstSeconds = 1 };

    [Fact]
    public async Task Receive_TooMuchOnAConnectionThatAllShare_IsPutAsideWithoutReceiptAndComesAgain()
    {
        await using var ingest = await TestIngest.StartAsync(hosted: false, limits: new LimitsConfiguration { Station = Few });
        await using var babbler = Enrolled(ingest, "ST-1", 60);
        await using var quiet = Enrolled(ingest, "ST-2", 5);

        await babbler.SendAsync(60, atOnce: 1);
        await quiet.ReceiptedAsync(5);
        Assert.True(babbler.Receipted < 60, $"{babbler.Receipted} of 60 were taken within the rate");
        var limited = await LimitedAsync(ingest);
        Assert.Equal("ST-1", limited.GetProperty("station").GetString());
        Assert.True(limited.GetProperty("putAsideRecords").GetInt64() > 0);
        Assert.Equal(0, limited.GetProperty("waitedRecords").GetInt64());

        await babbler.ReceiptedAsync(60, 120);
        Assert.Equal(babbler.Records.Concat(quiet.Records).Select(r => r.Digest).Order(), ingest.Digests().Order());
    }

    [Fact]
    public async Task Receive_TooMuchOnAConnectionOfItsOwn_WaitsWhileOthersAreServed()
    {
        await using var ingest = await TestIngest.StartAsync(limits: new LimitsConfiguration { Station = Few });
        await using var babbler = Enrolled(ingest, "ST-1", 40);
        await using var quiet = Enrolled(ingest, "ST-2", 5);

        var sending = babbler.SendAsync(40, atOnce: 1);
        await quiet.ReceiptedAsync(5);
        Assert.False(sending.IsCompleted, "the babbler still waits for its acknowledgements");

        Assert.True(await sending);
        await babbler.ReceiptedAsync(40);
        var limited = await LimitedAsync(ingest);
        Assert.Equal(("ST-1", 0L), (limited.GetProperty("station").GetString(), limited.GetProperty("putAsideRecords").GetInt64()));
        Assert.True(limited.GetProperty("waitedRecords").GetInt64() >= 20);
    }

    [Fact]
    public async Task Receive_ManyMadeUpNames_ShareOneRate()
    {
        using var rates = new StationRates(Few, waits: false, TimeProvider.System);
        var taken = 0;
        for (var i = 0; i < 50; i++)
        {
            taken += await rates.TakeAsync(StationRates.Unknown, 10, 10, TestContext.Current.CancellationToken) ? 1 : 0;
        }

        Assert.InRange(taken, 1, 20);
        Assert.Equal(StationRates.Unknown, Assert.Single(rates.Limited).Station);
    }

    private static ResendingStation Enrolled(TestIngest ingest, string id, int records)
    {
        var station = new ResendingStation(id, records, ingest.MqttPort, ingest.Host.OperatorKey);
        ingest.Host.EnrollStation(id, "Jiekou", station.Station.Key.Public, "a test");
        return station;
    }

    private static async Task<JsonElement> LimitedAsync(TestIngest ingest)
    {
        using var http = new HttpClient();
        using var health = JsonDocument.Parse(await http.GetStringAsync(new Uri(ingest.Host.HttpAddress, "/health"), TestContext.Current.CancellationToken));
        return Assert.Single(health.RootElement.GetProperty("limited").EnumerateArray().ToList()).Clone();
    }
}
