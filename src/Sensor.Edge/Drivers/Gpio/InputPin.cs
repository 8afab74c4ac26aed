using System.Device.Gpio;
using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers.Gpio;

/// <summary>A GPIO pin whose edges are reported. It is opened by the first use, and again after it failed.</summary>
/// <remarks>For one reader; the edges come on a thread of the platform.</remarks>
internal sealed class InputPin(StationBuses buses, string bus, int pin, PinPull pull, PinEventTypes edges, Action<PinEventTypes> onEdge) : IDisposable
{
    private GpioController? _controller;

    /// <summary>Opens the pin where it is not open.</summary>
    /// <returns>Whether it was opened only now, so that edges before were not seen.</returns>
    /// <exception cref="BusException">The chip or the pin cannot be used.</exception>
    public bool Open()
    {
        if (_controller is not null)
        {
            return false;
        }

        PinFaults.Explained(bus, pin, () =>
        {
            var controller = buses.Gpio(bus);
            controller.OpenPin(pin, PinOption.ModeOf(pull));
            _controller = controller;
            controller.RegisterCallbackForPinValueChangedEvent(pin, edges, Report);
        }, Dispose);
        return true;
    }

    /// <exception cref="BusException">The pin cannot be read; it is opened again by the next use.</exception>
    public bool IsHigh()
    {
        var high = false;
        PinFaults.Explained(bus, pin, () => high = _controller!.Read(pin) == PinValue.High, Dispose);
        return high;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _controller, null) is { } controller)
        {
            PinFaults.Ignored(() => controller.UnregisterCallbackForPinValueChangedEvent(pin, Report));
            PinFaults.Ignored(() => controller.ClosePin(pin));
        }
    }

    private void Report(object sender, PinValueChangedEventArgs edge) => onEdge(edge.ChangeType);
}
