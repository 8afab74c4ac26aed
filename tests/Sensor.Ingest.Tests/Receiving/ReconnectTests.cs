using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

/// <summary>Many stations come back at once with what they kept, while others go on; the full measure is <c>bench -- reconnect</c>.</summary>
public sealed class ReconnectTests
{
    private const int Stations = 40;
    private const int PerMessage = 16;
    private const int Messages = 6;

    [Fact]
    public async Task Backlogs_OfManyStationsAtOnce_AreStoredOnceAndLiveRecordsAreAnsweredMeanwhile()
    {
        var cut = Enumerable.Range(0, Stations).Select(i => new TestStation($"BACK-{i}")).ToList();
        var healthy = Enumerable.Range(0, 3).Select(i => new TestStation($"LIVE-{i}")).ToList();
        await using var ingest = await TestIngest.StartAsync(hosted: false, before: host =>
        {
            foreach (var station in cut.Concat(healthy))
            {
                host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test");
            }
        });
        var clients = await ConnectAsync(ingest, cut);
        var live = await ConnectAsync(ingest, healthy);

        // The last message of each backlog is held back: what is answered before it left did not wait for the whole of one.
        var last = cut.Select(Kept).Select((messages, i) => (Sent: messages[..^1].Select(m => clients[i].PublishAsync(Topics.Backlog(cut[i].Id), m)).ToList(), Held: messages[^1])).ToList();
        for (var round = 1; round <= 5; round++)
        {
            await Task.WhenAll(healthy.Select((station, i) => live[i].SendAsync(station, station.Next())));
            await Task.WhenAll(healthy.Select((station, i) => live[i].Receipted(station.Run, round)));
        }

        Assert.True(ingest.Host.EvidenceSize < (Stations * PerMessage * Messages) + 15);
        await Task.WhenAll(last.SelectMany(l => l.Sent));
        await Task.WhenAll(last.Select((l, i) => clients[i].PublishAsync(Topics.Backlog(cut[i].Id), l.Held)));

        await Task.WhenAll(cut.Select((station, i) => clients[i].Receipted(station.Run, PerMessage * Messages)));
        Assert.Equal((Stations * PerMessage * Messages) + 15, ingest.Host.EvidenceSize);
        Assert.Equal(ingest.Host.EvidenceSize, ingest.Digests().Distinct().Count());
        Assert.Empty(ingest.Refusals());
        await Task.WhenAll(clients.Concat(live).Select(client => client.DisposeAsync().AsTask()));
        cut.Concat(healthy).ToList().ForEach(station => station.Dispose());
    }

    private static List<byte[]> Kept(TestStation station) =>
        [.. Enumerable.Range(0, Messages).Select(_ => EnvelopeSequence.Join([.. Enumerable.Range(0, PerMessage).Select(_ => station.Next().Bytes)]))];

    private static async Task<IReadOnlyList<StationClient>> ConnectAsync(TestIngest ingest, List<TestStation> stations) =>
        await Task.WhenAll(stations.Select(station => StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id)));
}
