using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Publishing;

public sealed class PublisherTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_ReplayWithTwoOperators_IsDeliveredToBothWithinTheWindow()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        await using var zhejiang = await TestOperator.ConnectAsync("zhejiang", broker.Port, answers: true);
        var configuration = Configuration(broker, [anhui, zhejiang], 300) with { Publishing = new PublishingConfiguration { Window = 16, Batch = 4, ResendAfter = TimeSpan.FromSeconds(20) } };

        await using var host = await StartedAsync(configuration);
        await host.WhenDelivered(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(301, anhui.Held);
        Assert.Equal(301, zhejiang.Held);
        Assert.InRange(anhui.MaxUnreceipted, 1, 16);
        Assert.True(anhui.Messages.All(m => m.Records.Count <= 4));
        Assert.Equal(0, host.Snapshot.Undelivered["anhui"] + host.Snapshot.Undelivered["zhejiang"]);
    }

    [Fact]
    public async Task Publish_NobodyReceipts_StopsAtTheWindow()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: false);
        var configuration = Configuration(broker, [anhui], 100) with { Publishing = new PublishingConfiguration { Window = 16, Batch = 4, ResendAfter = TimeSpan.FromSeconds(60) } };

        await using var host = await StartedAsync(configuration);
        await Wait.Until(() => host.Snapshot.ReplayEnded && anhui.Held == 16, "the window is full");
        Assert.Equal(101, host.Snapshot.Undelivered["anhui"]);

        anhui.Answers = true;
        await anhui.ReceiptAsync();
        await host.WhenDelivered(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.InRange(anhui.MaxUnreceipted, 1, 16);
    }

    [Fact]
    public async Task Publish_NoReceiptComes_SendsAgainFromTheOldest()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: false);
        var configuration = Configuration(broker, [anhui], 3) with { Publishing = new PublishingConfiguration { ResendAfter = TimeSpan.FromMilliseconds(200) } };

        await using var host = await StartedAsync(configuration);
        await Wait.Until(() => Backlog(anhui).Any(m => m.Records.Count == 4), "everything is sent again");

        var again = Backlog(anhui).First(m => m.Records.Count == 4);
        Assert.Equal([1L, 2L, 3L, 4L], again.Records.Select(r => r.Sequence));
    }

    [Fact]
    public async Task Publish_OneOperatorIsSilent_TheOtherGetsEverything()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        using var silent = SigningKey.Create();
        var configuration = Some.Configuration(_folder, [("anhui", anhui.Key), ("zhejiang", silent)], broker.Port, Replay(200))
            with { Publishing = new PublishingConfiguration { Window = 16, Batch = 8, ResendAfter = TimeSpan.FromSeconds(20) } };

        await using var host = await StartedAsync(configuration);
        await Wait.Until(() => host.Snapshot is { ReplayEnded: true, Undelivered: var left } && left["anhui"] == 0, "anhui has everything");

        Assert.Equal(201, host.Snapshot.Undelivered["zhejiang"]);
        Assert.False(host.WhenDelivered(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Publish_BrokerGoesDownAndComesBack_LosesNothing()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        var configuration = Some.Configuration(_folder, [("anhui", anhui.Key)], broker.Port, Some.Replay(_folder.Write("a.csv", Some.Csv(200)), rate: 40));

        await using var host = await StartedAsync(configuration);
        await Wait.Until(() => host.Snapshot.Appended - host.Snapshot.Undelivered["anhui"] > 3, "the first records are delivered");
        await broker.DownAsync();
        var atDown = host.Snapshot.Appended;
        await Wait.Until(() => !host.Snapshot.Connected && host.Snapshot.Appended > atDown + 5, "sampling goes on without a broker");
        await broker.UpAsync();
        await anhui.ConnectAsync(broker.Port);
        await host.WhenDelivered(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(201, anhui.Held);
        Assert.Contains(Backlog(anhui), m => m.Records.Count > 0);
    }

    [Fact]
    public async Task Publish_BacklogDrains_LiveRecordsDoNotWaitForIt()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: false);
        FillOutbox(anhui.Key, 200);
        var configuration = Some.Configuration(_folder, [("anhui", anhui.Key)], broker.Port, Some.Replay(_folder.Write("b.csv", Some.Csv(25)), id: "second", rate: 5))
            with { Publishing = new PublishingConfiguration { Window = 16, Batch = 4, ResendAfter = TimeSpan.FromSeconds(60) } };
        await using var station = await StartedAsync(configuration);

        // The operator receipts nothing, so the window fills: the backlog stops at three quarters of it, live records take the rest. How many
        // live records came before the backlog had its share is up to the machine.
        await Wait.Until(() => anhui.Held == 16, "the window is full");
        Assert.InRange(Backlog(anhui).Sum(m => m.Records.Count), 1, 12);
        Assert.InRange(anhui.Messages.Where(m => m.Topic == Topics.Records(Some.Station)).Sum(m => m.Records.Count), 4, 15);
        Assert.True(station.Snapshot.Undelivered["anhui"] > 190);
        anhui.Answers = true;
        await anhui.ReceiptAsync();
        await station.WhenDelivered(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(1L, Backlog(anhui).First().Records[0].Sequence);
    }

    private static IEnumerable<Received> Backlog(TestOperator from) => from.Messages.Where(m => m.Topic == Topics.Backlog(Some.Station));

    private static async Task<EdgeHost> StartedAsync(StationConfiguration configuration)
    {
        EdgeHost.Enroll(configuration);
        var host = EdgeHost.Create(configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private InstrumentConfiguration Replay(int records) => Some.Replay(_folder.Write("a.csv", Some.Csv(records)));

    private StationConfiguration Configuration(TestBroker broker, IEnumerable<TestOperator> operators, int records) =>
        Some.Configuration(_folder, operators.Select(o => (o.Id, o.Key)), broker.Port, Replay(records));

    /// <summary>An outbox with records of an earlier run.</summary>
    private void FillOutbox(SigningKey anhui, int records)
    {
        var configuration = Some.Configuration(_folder, [("anhui", anhui)]);
        using var key = SigningKey.LoadOrCreate(configuration.KeyFile);
        using var outbox = Some.Outbox(configuration, key);
        for (var i = 0; i < records; i++)
        {
            outbox.Append(Some.Body(i));
        }

        outbox.EndRun();
    }
}
