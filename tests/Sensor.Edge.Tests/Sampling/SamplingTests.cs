using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Sampling;

public sealed class SamplingTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 7, 30, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();
    private readonly SteppedTime _time = new(Start);
    private readonly ConcurrentDictionary<string, ScriptedDriver> _drivers = new(StringComparer.Ordinal);

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sample_CadenceOfFourHours_HitsWallAlignedSlots()
    {
        await using var host = await StartAsync([Some.Simulated("a", TimeSpan.FromHours(4))], Answer);
        await AdvanceUntil(() => Readings("a").Count >= 3, keepsUp: "a", cadence: TimeSpan.FromHours(4));
        Assert.Equal(["2026-05-01T04:00:00.000Z", "2026-05-01T08:00:00.000Z", "2026-05-01T12:00:00.000Z"], Readings("a").Take(3).Select(r => r.Instant.ToString()));
    }

    [Fact]
    public async Task Sample_InstrumentThatNeverAnswers_DelaysNobodyAndIsReportedMissing()
    {
        var never = new TaskCompletionSource<DriverReply>();
        await using var host = await StartAsync([Some.Simulated("hangs", TimeSpan.FromMinutes(1)), Some.Simulated("works", TimeSpan.FromMinutes(1))], (id, request) => id == "hangs" ? never.Task : Answer(id, request));
        await AdvanceUntil(() => Readings("works").Count >= 5 && Readings("hangs").Count >= 4, keepsUp: "works");

        Assert.All(Readings("works"), r => Assert.NotNull(r.Readings[0].Value));
        Assert.Equal(Readings("works").Take(4).Select(r => r.Instant), Readings("hangs").Take(4).Select(r => r.Instant));
        Assert.All(Readings("hangs"), r => Assert.Equal((MissingReason.NoAnswer, "F"), (r.Readings[0].Missing, r.Readings[0].Flag)));
        Assert.Equal("no answer within 30000 ms", Readings("hangs")[0].Readings[0].Raw);
        Assert.Equal(1, _drivers["hangs"].Reads);
    }

    [Fact]
    public async Task Sample_InstrumentBlocksItsThread_DelaysNobody()
    {
        using var released = new ManualResetEventSlim();
        await using var host = await StartAsync([Some.Simulated("blocks", TimeSpan.FromMinutes(1)), Some.Simulated("works", TimeSpan.FromMinutes(1))], (id, request) =>
        {
            if (id == "blocks")
            {
                released.Wait(TimeSpan.FromMinutes(1));
            }

            return Answer(id, request);
        });
        await AdvanceUntil(() => Readings("works").Count >= 3 && Readings("blocks").Count >= 2, keepsUp: "works");
        released.Set();
    }

    [Fact]
    public async Task Sample_FailuresAndExceptions_BecomeReasons()
    {
        var replies = new Queue<Func<DriverReply>>(
        [
            () => new DriverReply.Failed(FailureKind.Faulted, MissingReason.Fault, "lamp"),
            () => new DriverReply.Failed(FailureKind.Transient, MissingReason.Busy, "measuring\n"),
            () => throw new InvalidOperationException("bug"),
            () => new DriverReply.Sampled(default, [Reading("a", default) with { Unit = "" }]),
        ]);
        await using var host = await StartAsync([Some.Simulated("a", TimeSpan.FromMinutes(1))], (id, request) => replies.TryDequeue(out var next) ? Task.FromResult(next()) : Answer(id, request));
        await AdvanceUntil(() => Readings("a").Count >= 5, keepsUp: "a");

        Assert.Equal(
            [(MissingReason.Fault, "D"), (MissingReason.Busy, "F"), (MissingReason.BadAnswer, "F"), (MissingReason.BadAnswer, "F"), ((MissingReason?)null, "N")],
            Readings("a").Take(5).Select(r => (r.Readings[0].Missing, r.Readings[0].Flag)));
        Assert.Equal("measuring ", Readings("a")[1].Readings[0].Raw);
        Assert.Equal("InvalidOperationException: bug", Readings("a")[2].Readings[0].Raw);
    }

    [Fact]
    public async Task Sample_ClockJumpsOverSlots_MakesNothingUpForThem()
    {
        await using var host = await StartAsync([Some.Simulated("a", TimeSpan.FromHours(1))], Answer);
        await Wait.Until(() => _time.Waiting > 3, "everyone waits");
        _time.Advance(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(20));
        await AdvanceUntil(() => Readings("a").Count >= 2);
        Assert.Equal(["2026-05-01T06:00:00.000Z", "2026-05-01T07:00:00.000Z"], Readings("a").Take(2).Select(r => r.Instant.ToString()));
    }

    private static Task<DriverReply> Answer(string id, SampleRequest request) => Task.FromResult<DriverReply>(new DriverReply.Sampled(request.Slot, [Reading(id, request.Slot)]));

    private static Reading Reading(string id, Instant slot) => new()
    {
        Parameter = "w01019",
        Value = new MeasuredValue(14, -1),
        Unit = "mg/L",
        Flag = "N",
        Instrument = id,
        SampledFrom = slot,
        SampledTo = slot,
    };

    private async Task<EdgeHost> StartAsync(InstrumentConfiguration[] instruments, Func<string, SampleRequest, Task<DriverReply>> script)
    {
        var configuration = Some.Configuration(_folder, [("anhui", _operator)], 1, instruments);
        EdgeHost.Enroll(configuration);
        var parts = EdgeParts.Real with { Time = _time, Kernel = new FakeKernelClock(_time), Driver = (i, _) => _drivers.GetOrAdd(i.Id, id => new ScriptedDriver(id, script)) };
        var host = EdgeHost.Create(configuration, parts, null);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>
    /// Lets the clock run in small steps, each only when every loop and the publisher wait for it and the instrument that answers at once
    /// has a record for every slot that has passed, of a minute unless another cadence is given: a fake clock can outrun a real machine.
    /// </summary>
    private Task AdvanceUntil(Func<bool> condition, string? keepsUp = null, TimeSpan? cadence = null) => Wait.Until(
        () =>
        {
            for (var i = 0; i < 100 && _time.Waiting > _drivers.Count + 2 && (keepsUp is null || Readings(keepsUp).Count >= SlotsPassed(cadence ?? TimeSpan.FromMinutes(1))); i++)
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                SpinWait.SpinUntil(() => _time.Waiting > _drivers.Count + 2, 50);
            }

            return condition();
        },
        "the clock got there");

    private long SlotsPassed(TimeSpan cadence) => (_time.GetUtcNow().Ticks / cadence.Ticks) - (Start.Ticks / cadence.Ticks);

    private List<ReadingsBody> Readings(string instrument) =>
        [.. Chain.ReadingsOf(Chain.Bodies(_folder["data/outbox.db"]), instrument)];

    private sealed class ScriptedDriver(string id, Func<string, SampleRequest, Task<DriverReply>> script) : IDriver
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public IReadOnlyList<DriverChannel> Channels => [new DriverChannel("w01019", "mg/L")];

        public TimeSpan? DataPace => null;

        public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _reads);
            return script(id, request);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
