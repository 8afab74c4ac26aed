using System.Net.Http.Json;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Peers;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Peers;

/// <summary>Two honest operators that hear different things.</summary>
public sealed class TwoOperatorsTests
{
    [Fact]
    public async Task Rounds_RecordsLostOnEitherSide_EndAgreedWithIdenticalBytesThatBothSigned()
    {
        await using var both = await TwoOperators.StartAsync(stations: 20);
        var random = new Random(20);
        foreach (var station in both.Stations)
        {
            var records = Enumerable.Range(10, 12).Select(day => (Record: TwoOperators.Day(station, 8, day), HeardBy: random.Next(3))).ToList();
            await TwoOperators.SendAsync(both.Anhui, station, [.. records.Where(r => r.HeardBy != 0).Select(r => r.Record)]);
            await TwoOperators.SendAsync(both.Zhejiang, station, [.. records.Where(r => r.HeardBy != 1).Select(r => r.Record)]);
        }

        await both.RoundsAsync();
        foreach (var station in both.Stations)
        {
            await both.SendToBothAsync(station, TwoOperators.Day(station, 9, 12));
        }

        await both.RoundsAsync();

        Assert.Equal(20 * 13, both.Anhui.Host.EvidenceSize);
        Assert.Equal(both.Anhui.Digests().Order(), both.Zhejiang.Digests().Order());
        Assert.Equal((PeerState.Agreed, 0), (both.August.State, both.August.Changes.Count));
        var (own, theirs) = (both.Anhui.Host.Outcomes.Single(o => o.Window == "2020-08"), both.Zhejiang.Host.Outcomes.Single(o => o.Window == "2020-08"));
        Assert.Equal(own.Document, theirs.Document);
        await SignedByBothAsync(both, own.Digest);
    }

    [Fact]
    public async Task Rounds_OtherOperatorAwayFor60Days_AreUnansweredAndThenAgreed()
    {
        var time = new SettableTime();
        using var proxy = new DishonestProxy();
        await using var both = await TwoOperators.StartAsync(stations: 1, time, proxy.Url);
        var records = Enumerable.Range(10, 3).Select(day => TwoOperators.Day(both.Stations[0], 8, day)).Append(TwoOperators.Day(both.Stations[0], 9, 12)).ToArray();
        await TwoOperators.SendAsync(both.Anhui, both.Stations[0], records);
        await both.Anhui.Host.AssessNowAsync(TestContext.Current.CancellationToken);

        var away = await Assert.ThrowsAsync<PeerException>(() => both.Anhui.Host.Pipeline.Peers.RoundAsync(TestContext.Current.CancellationToken));
        Assert.Contains("status 404", away.Message, StringComparison.Ordinal);
        Assert.Equal(PeerState.Proposed, both.August.State);
        // Only the wall clock goes on; two months of timers would tell nothing more.
        time.SetBack(TimeSpan.FromDays(-60));
        Assert.Equal(PeerState.Unanswered, both.August.State);

        proxy.Behind = both.Zhejiang.Host.HttpAddress;
        await both.RoundsAsync();

        Assert.Equal(PeerState.Agreed, both.August.State);
        Assert.Equal(records.Length, both.Zhejiang.Host.EvidenceSize);
    }

    [Fact]
    public async Task Rounds_StationThatTellsEachSomethingElse_AreADisputeThatNamesBothRecords()
    {
        using var proxy = new DishonestProxy();
        await using var both = await TwoOperators.StartAsync(stations: 1, zhejiang: proxy.Url);
        var station = both.Stations[0];
        var first = TwoOperators.Day(station, 8, 10);
        var other = station.Sign(TwoOperators.Body(TwoOperators.Moment(8, 11), "30.0"), 2, TwoOperators.Moment(8, 11));
        var one = TwoOperators.Day(station, 8, 11);
        await TwoOperators.SendAsync(both.Anhui, station, first, one);
        await TwoOperators.SendAsync(both.Zhejiang, station, first, other);
        await both.SendToBothAsync(station, TwoOperators.Day(station, 9, 12));
        await Task.WhenAll(both.Anhui.Holds(3), both.Zhejiang.Holds(3));
        await both.Anhui.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        await both.Zhejiang.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        proxy.Behind = both.Zhejiang.Host.HttpAddress;

        await both.RoundsAsync();

        Assert.Equal(PeerState.Disputed, both.August.State);
        var change = both.August.Changes[0];
        Assert.Equal("cut-run", change.Code);
        Assert.Contains($"ST-1 signed two records 2 of run {station.Run}: anhui rests on {one.Digest}, zhejiang on {other.Digest}", change.En, StringComparison.Ordinal);
        Assert.All([both.Anhui, both.Zhejiang], ingest => Assert.True(ingest.Evidence.Number("SELECT count(*) FROM fork WHERE sequence = 2") == 1, "both hold both"));
        using var http = new HttpClient { BaseAddress = both.Anhui.Host.HttpAddress };
        var views = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/peers/windows", UriKind.Relative), TestContext.Current.CancellationToken);
        var august = views.EnumerateArray().Single(w => w.GetProperty("window").GetString() == "2020-08");
        Assert.Equal(("disputed", "cut-run"), (august.GetProperty("state").GetString(), august.GetProperty("changes")[0].GetProperty("code").GetString()));
    }

    private static async Task SignedByBothAsync(TwoOperators both, Digest digest)
    {
        using var http = new HttpClient { BaseAddress = both.Anhui.Host.HttpAddress };
        var document = await http.GetByteArrayAsync(new Uri($"/api/v1/outcomes/{digest}", UriKind.Relative), TestContext.Current.CancellationToken);
        var own = await http.GetStringAsync(new Uri($"/api/v1/outcomes/{digest}.jws", UriKind.Relative), TestContext.Current.CancellationToken);
        var theirs = await http.GetStringAsync(new Uri($"/api/v1/peers/zhejiang/outcomes/{digest}.jws", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(DetachedJws.Parse(own).Holds(document, ContentTypes.Outcome, both.Anhui.Host.OperatorKey));
        Assert.True(DetachedJws.Parse(theirs).Holds(document, ContentTypes.Outcome, both.ZhejiangKey.Public));
    }
}
