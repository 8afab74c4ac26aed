using System.Device.Gpio;
using Sensor.Edge.Buses;
using Sensor.Edge.Drivers.Gpio;

namespace Sensor.Edge.Drivers;

/// <summary>A relay on a GPIO pin.</summary>
internal sealed class RelayActuator(RelayOptions options, StationBuses buses, TimeProvider time) : IActuator
{
    /// <summary>How soon it is tried again to switch off what could not be.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private GpioController? _controller;
    private ITimer? _limit;

    public bool IsOn { get; private set; }

    public Task OnAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // The limit runs before the relay does: nothing can come between them.
            Limit(options.LongestOn);
            Write(true);
            IsOn = true;
        }

        return Task.CompletedTask;
    }

    public Task OffAsync()
    {
        lock (_gate)
        {
            Off();
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            PinFaults.Ignored(() => Set(false));
            Close();
            IsOn = false;
            _limit?.Dispose();
            _limit = null;
        }

        return ValueTask.CompletedTask;
    }

    private void End()
    {
        lock (_gate)
        {
            try
            {
                IsOn = false;
                if (_limit is not null)
                {
                    Off();
                }
            }
            catch (BusException)
            {
                // The timer tries again.
            }
        }
    }

    private void Off()
    {
        IsOn = false;
        Write(false);
        _limit?.Dispose();
        _limit = null;
    }

    private void Write(bool on) => PinFaults.Explained(options.Bus, options.Pin, () => Set(on), GiveUp);

    private void Set(bool on)
    {
        if (_controller is null)
        {
            var controller = buses.Gpio(options.Bus);
            controller.OpenPin(options.Pin, PinMode.Output, Level(false));
            _controller = controller;
        }

        _controller.Write(options.Pin, Level(on));
    }

    private void Limit(TimeSpan due)
    {
        _limit ??= time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _limit.Change(due, Again);
    }

    /// <summary>After a failure nobody knows what the relay does: it is switched off until that succeeds.</summary>
    private void GiveUp()
    {
        IsOn = false;
        Limit(Again);
        PinFaults.Ignored(() => _controller?.Write(options.Pin, Level(false)));
        Close();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _controller, null) is { } controller)
        {
            PinFaults.Ignored(() => controller.ClosePin(options.Pin));
        }
    }

    private PinValue Level(bool on) => on != options.ActiveLow ? PinValue.High : PinValue.Low;
}
