using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Publishing;

/// <summary>Nothing else may allocate while the heap is measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>A month without a broker, in accelerated time: twelve parameters once a minute. tests/run.sh takes a day of it, --long all thirty.</summary>
[Collection(Alone.Name)]
public sealed class LongOutageTests : IDisposable
{
    private const int MinutesOfADay = 1_440;
    private const int Measurements = 20;
    private const long MostGrowth = 1 << 20;
    private static readonly int Slots = Trials.Of(reduced: 1, full: 30) * MinutesOfADay;
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder = new();
    private readonly SteppedTime _time = new(new DateTimeOffset(2026, 5, 1, 0, 0, 15, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outage_ThirtyDays_MemoryIsFlatAndEverythingArrivesInOrderBehindLiveRecords()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        await broker.DownAsync();
        await using var host = await StartAsync(anhui, broker.Port);

        var heap = new List<(long Records, long Bytes)>();
        while (host.Snapshot.Appended < Slots)
        {
            Step(waiting: 2);
            if (host.Snapshot.Appended >= (heap.Count + 1L) * Slots / Measurements)
            {
                heap.Add((host.Snapshot.Appended, GC.GetTotalMemory(forceFullCollection: true)));
            }
        }

        var settled = heap[(Measurements / 4)..];
        var growth = settled[^1].Bytes - settled[0].Bytes;
        TestContext.Current.SendDiagnosticMessage($"{Slots} slots without a broker; heap {settled[0].Bytes} to {settled[^1].Bytes} bytes, {growth / (double)(settled[^1].Records - settled[0].Records):F1} bytes a record");
        Assert.True(growth < MostGrowth, $"the heap grew by {growth} bytes");

        await broker.UpAsync();
        await anhui.ConnectAsync(broker.Port);
        await Wait.Until(() => DrainedAfterStep(host), "the backlog is drained", 600);
        AssertEverythingCame(host, anhui);
    }

    private bool DrainedAfterStep(EdgeHost host)
    {
        Step(waiting: 3);
        return host.Snapshot.Undelivered["anhui"] == 0;
    }

    private void AssertEverythingCame(EdgeHost host, TestOperator anhui)
    {
        Received[] messages = [.. anhui.Messages];
        var backlog = FirstTimes(messages.Where(m => m.Topic == Topics.Backlog(Some.Station)));
        Assert.Equal(backlog.Order(), backlog);
        var live = Array.FindIndex(messages, m => m.Topic == Topics.Records(Some.Station));
        Assert.InRange(live, 0, Array.FindLastIndex(messages, m => m.Records.Any(r => r.Sequence == backlog[^1])));
        // One look: the next live record may come meanwhile.
        long[] held = [.. anhui.Digests.Keys.Select(k => k.Sequence).Order()];
        Assert.True(held.Length >= host.Snapshot.Appended - 1);
        Assert.Equal(Enumerable.Range(1, held.Length).Select(i => (long)i), held);
        var stored = Chain.Bodies(Path.Combine(_folder["data"], "outbox.db")).OfType<ReadingsBody>().Select(b => b.Instant).ToArray();
        Assert.Equal(stored.Distinct().OrderBy(instant => instant.UnixMilliseconds), stored);
    }

    private static List<long> FirstTimes(IEnumerable<Received> messages) => [.. messages.SelectMany(m => m.Records).Select(r => r.Sequence).Distinct()];

    /// <summary>Half a minute on, once everyone waits for it; a loop that is late only misses a slot, which is not what is tried here.</summary>
    private void Step(int waiting)
    {
        SpinWait.SpinUntil(() => _time.Waiting >= waiting, TimeSpan.FromMilliseconds(200));
        _time.Advance(Half);
    }

    private async Task<EdgeHost> StartAsync(TestOperator anhui, int port)
    {
        var configuration = Some.Configuration(_folder, [("anhui", anhui.Key)], port, Some.Simulated("probe", TimeSpan.FromMinutes(1)))
            with { Publishing = new PublishingConfiguration { ResendAfter = TimeSpan.FromMinutes(10) } };
        EdgeHost.Enroll(configuration);
        var host = EdgeHost.Create(configuration, EdgeParts.Real with { Time = _time, Kernel = new FakeKernelClock(), Driver = (_, _) => new TwelveParameters() }, null);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private sealed class TwelveParameters : IDriver
    {
        private static readonly string[] Codes = ["w01001", "w01003", "w01009", "w01010", "w01014", "w01019", "w21001", "w21003", "w21011", "w01018", "w01017", "w20123"];

        public IReadOnlyList<DriverChannel> Channels { get; } = [.. Codes.Select(code => new DriverChannel(code, "mg/L"))];

        public TimeSpan? DataPace => null;

        public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation) => Task.FromResult<DriverReply>(new DriverReply.Sampled(request.Slot, [.. Codes.Select((code, i) => new Reading
        {
            Parameter = code,
            Value = new MeasuredValue((request.Slot.UnixMilliseconds / 60_000 % 1_000) + i, -2),
            Unit = "mg/L",
            Flag = "N",
            Instrument = "probe",
            SampledFrom = request.Slot,
            SampledTo = request.Slot,
        })]));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
