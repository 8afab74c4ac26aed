using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Support;

/// <summary>A whole station on a stepped clock and a simulated GPIO chip, whose simulated instruments answer at once with 1.4 mg/L.</summary>
internal sealed class PlannedStation(IReadOnlyList<InstrumentConfiguration> instruments, IReadOnlyList<ActuatorConfiguration> actuators) : IAsyncDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 5, 1, 0, 7, 30, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();
    private readonly ConcurrentQueue<string> _reads = new();
    private DateTimeOffset _started;
    private EdgeHost? _host;

    public SteppedTime Time { get; } = new(Begin);

    public SimulatedGpio Gpio { get; } = new();

    /// <summary>The chip, or what the machine throws in its place.</summary>
    public FakeBuses? Hardware { get; init; }

    /// <summary>When which instrument was read, such as <c>00:10:00 a</c>.</summary>
    public IReadOnlyList<string> Reads => [.. _reads];

    public IReadOnlyList<RecordBody> Bodies => [.. Chain.Bodies(_folder["data/outbox.db"])];

    public string Clock => $"{Time.GetUtcNow():HH:mm:ss}";

    public async Task StartAsync()
    {
        var configuration = Some.Configuration(_folder, [("anhui", _operator)], 1, [.. instruments]) with { Buses = FakeBuses.Configured, Actuators = actuators };
        EdgeHost.Enroll(configuration);
        var parts = EdgeParts.Real with { Time = Time, Kernel = new FakeKernelClock(Time), Hardware = Hardware ?? Gpio.Buses, Driver = Driver };
        _started = Time.GetUtcNow();
        _host = EdgeHost.Create(configuration, parts, null);
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    public async Task StopAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        _host = null;
    }

    /// <summary>Readings of an instrument, in their order.</summary>
    public IReadOnlyList<ReadingsBody> Readings(string instrument) => Chain.ReadingsOf(Bodies, instrument);

    /// <summary>Lets the clock run second by second, each only when everyone waits for it and every slot of the minute has its record.</summary>
    public Task AdvanceUntil(Func<bool> condition) => Wait.Until(
        () =>
        {
            for (var i = 0; i < 60 && Settled() && !condition(); i++)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                SpinWait.SpinUntil(Waits, 50);
            }

            return condition();
        },
        "the clock got there");

    /// <summary>Lets the clock run slowly, so that what happens between two slots has happened before the next one.</summary>
    public Task CreepUntil(Func<bool> condition) => Wait.Until(
        () =>
        {
            if (Waits())
            {
                Time.Advance(TimeSpan.FromMilliseconds(100));
            }

            return condition();
        },
        "it happened");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _operator.Dispose();
        _folder.Dispose();
    }

    /// <summary>Every loop, the publisher, the watch over the clock and the desk of requests.</summary>
    private bool Waits() => Time.Waiting >= instruments.Count + 3;

    private DateTimeOffset Second => new(Time.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private bool Settled() => Waits() && (Second.Second != 0 || instruments.All(IsStored));

    private bool IsStored(InstrumentConfiguration instrument) =>
        instrument.Cadence is not { } cadence || Second.TimeOfDay.Ticks % cadence.Ticks != 0 || Second <= _started
        || (Readings(instrument.Id) is [.., var last] && last.Instant == Instant.From(Second));

    private IDriver Driver(InstrumentConfiguration instrument, DriverTools tools) => instrument.Options is SimulatedOptions
        ? new Answering(instrument.Id, () => _reads.Enqueue($"{Clock} {instrument.Id}"))
        : DriverCatalog.Of(instrument.Options).Create(tools, instrument.Options);

    private sealed class Answering(string id, Action onRead) : IDriver
    {
        public IReadOnlyList<DriverChannel> Channels => [new DriverChannel("w01019", "mg/L")];

        public TimeSpan? DataPace => null;

        public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
        {
            onRead();
            var reading = new Reading { Parameter = "w01019", Value = new MeasuredValue(14, -1), Unit = "mg/L", Flag = "N", Instrument = id, SampledFrom = request.Slot, SampledTo = request.Slot };
            return Task.FromResult<DriverReply>(new DriverReply.Sampled(request.Slot, [reading]));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
