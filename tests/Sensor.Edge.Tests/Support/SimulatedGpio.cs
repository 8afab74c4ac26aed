using System.Device.Gpio;

namespace Sensor.Edge.Tests.Support;

/// <summary>A GPIO chip whose inputs a test sets and whose outputs it sees.</summary>
internal sealed class SimulatedGpio(TimeProvider? time = null) : GpioDriver
{
    private readonly Dictionary<int, PinValue> _levels = [];
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly HashSet<int> _open = [];
    private readonly List<(int Pin, PinEventTypes Edges, PinChangeEventHandler Callback)> _callbacks = [];
    private readonly Lock _gate = new();

    /// <summary>What was written, each as the seconds since the test began, the pin and its level, such as <c>90 17=1</c>.</summary>
    public List<string> Written { get; } = [];

    /// <summary>Thrown by every use of a pin while it is set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Told of each pin that is written high.</summary>
    public Action<int> OnHigh { get; set; } = _ => { };

    /// <summary>How often a pin was read.</summary>
    public int Reads { get; private set; }

    public DateTimeOffset Start { get; } = time?.GetUtcNow() ?? default;

    /// <summary>Buses whose bus <c>gpio</c> is this chip.</summary>
    public FakeBuses Buses => new() { Gpio = _ => new GpioController(this) };

    public bool IsOpen(int pin)
    {
        lock (_gate)
        {
            return _open.Contains(pin);
        }
    }

    public PinMode ModeOf(int pin) => _modes[pin];

    public bool IsHigh(int pin)
    {
        lock (_gate)
        {
            return _levels.GetValueOrDefault(pin) == PinValue.High;
        }
    }

    /// <summary>Changes an input; everyone who asked for such an edge is told, unless the edge is lost.</summary>
    public void Set(int pin, bool high, bool lost = false)
    {
        PinChangeEventHandler[] told;
        var edge = high ? PinEventTypes.Rising : PinEventTypes.Falling;
        lock (_gate)
        {
            var changes = (_levels.GetValueOrDefault(pin) == PinValue.High) != high;
            _levels[pin] = high;
            told = changes && !lost ? [.. _callbacks.Where(c => c.Pin == pin && c.Edges.HasFlag(edge)).Select(c => c.Callback)] : [];
        }

        foreach (var callback in told)
        {
            callback(this, new PinValueChangedEventArgs(edge, pin));
        }
    }

    protected override int PinCount => 64;

    protected override void OpenPin(int pinNumber) => Do(() => _open.Add(pinNumber));

    protected override void ClosePin(int pinNumber) => Do(() => _open.Remove(pinNumber));

    protected override void SetPinMode(int pinNumber, PinMode mode) => Do(() => _modes[pinNumber] = mode);

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        SetPinMode(pinNumber, mode);
        Write(pinNumber, initialValue);
    }

    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber)
    {
        Do(() => Reads++);
        return IsHigh(pinNumber);
    }

    protected override void Write(int pinNumber, PinValue value) => Do(() =>
    {
        _levels[pinNumber] = value;
        Written.Add($"{((time?.GetUtcNow() ?? default) - Start).TotalSeconds} {pinNumber}={value}".Replace("High", "1", StringComparison.Ordinal).Replace("Low", "0", StringComparison.Ordinal));
        if (value == PinValue.High)
        {
            OnHigh(pinNumber);
        }
    });

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        Do(() => _callbacks.Add((pinNumber, eventTypes, callback)));

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        Do(() => _callbacks.RemoveAll(c => c.Pin == pinNumber && c.Callback == callback));

    private void Do(Action action)
    {
        lock (_gate)
        {
            if (Fault is { } fault)
            {
                throw fault;
            }

            action();
        }
    }
}
