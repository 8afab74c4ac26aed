using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Support;

/// <summary>A driver of a contact on pin 17 of a simulated chip, read as the sampler would, with the position that is durable.</summary>
internal sealed class ContactRig : IAsyncDisposable
{
    private readonly Func<DriverTools, IDriver> _make;
    private IDriver _driver;

    public ContactRig(Func<DriverTools, IDriver> make)
    {
        (_make, Gpio) = (make, new SimulatedGpio(Time));
        _driver = New();
    }

    public SteppedTime Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public SimulatedGpio Gpio { get; }

    public string? Position { get; set; }

    public Task<DriverReply> Begin() => _driver.ReadAsync(new SampleRequest(default, Position), TestContext.Current.CancellationToken);

    /// <summary>Ends a read by letting the clock run in small steps, and keeps its position.</summary>
    public async Task<DriverReply> End(Task<DriverReply> read)
    {
        await Wait.Until(
            () =>
            {
                for (var i = 0; i < 500 && !read.IsCompleted && Time.Waiting > 0; i++)
                {
                    Time.Advance(TimeSpan.FromMilliseconds(10));
                }

                return read.IsCompleted;
            },
            "the read comes back");
        var reply = await read;
        Position = reply is DriverReply.Happened { Position: { } position } ? position : Position;
        return reply;
    }

    /// <summary>One whole read: the event, or an empty text when there was none.</summary>
    public async Task<string> Read() => await End(Begin()) is DriverReply.Happened { Event: var e }
        ? string.Join(' ', new[] { $"{e.Type}", e.Instrument, e.Kind, e.After is null ? null : $"{e.Before}>{e.After}", e.Note }.Where(part => part is not null))
        : "";

    /// <summary>Ends the process; its position stays.</summary>
    public async Task RestartAsync(bool high)
    {
        await _driver.DisposeAsync();
        Gpio.Set(17, high);
        _driver = New();
    }

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    private IDriver New() => _make(Gpio.Buses.Tools(Time, "contact"));
}
