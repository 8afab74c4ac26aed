using System.Device.Gpio;
using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers.Gpio;

/// <summary>The debounced states of a contact. Every state that lasted is given once, in order, also one that was over before it was asked for.</summary>
/// <remarks>For one reader; edges come on another thread.</remarks>
internal sealed class Contact : IDisposable
{
    /// <summary>What a contact that flutters all night may leave to be read; states beyond it are not kept, the present one always is.</summary>
    private const int Most = 256;

    private readonly Lock _gate = new();
    private readonly Queue<bool> _settled = new();
    private readonly ContactOptions _options;
    private readonly TimeProvider _time;
    private readonly InputPin _pin;
    private readonly ChangeSignal _edge = new();
    private bool? _state;
    private bool _candidate;
    private long _since;

    public Contact(ContactOptions options, StationBuses buses, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _pin = new InputPin(buses, options.Bus!, options.Pin, options.Pull, PinEventTypes.Rising | PinEventTypes.Falling, OnEdge);
    }

    /// <summary>Completes at the next edge.</summary>
    public Task NextEdge => _edge.Next;

    /// <summary>The next state that is news: true for closed; null when there is none yet.</summary>
    /// <param name="isNews">Whether a state differs from what was said last.</param>
    /// <exception cref="BusException">The pin cannot be used.</exception>
    public bool? Next(Func<bool, bool> isNews)
    {
        Look();
        lock (_gate)
        {
            while (_settled.TryDequeue(out var closed))
            {
                if (isNews(closed))
                {
                    return closed;
                }
            }

            return _state is { } state && isNews(state) ? state : null;
        }
    }

    /// <summary>When the present state will count if nothing moves; null when it does already.</summary>
    public TimeSpan? Unsettled
    {
        get
        {
            lock (_gate)
            {
                return _state == _candidate ? null : _options.Debounce - _time.GetElapsedTime(_since);
            }
        }
    }

    public void Dispose() => _pin.Dispose();

    private void Look()
    {
        var opened = _pin.Open();
        var closed = IsClosed(_pin.IsHigh());
        lock (_gate)
        {
            // An edge that the platform lost shows in the level.
            if (opened || closed != _candidate)
            {
                Begin(closed);
            }

            Settle();
        }
    }

    private void OnEdge(PinEventTypes edge)
    {
        lock (_gate)
        {
            Settle();
            Begin(IsClosed(edge == PinEventTypes.Rising));
        }

        _edge.Raise();
    }

    private bool IsClosed(bool high) => high != _options.ClosedLow;

    private void Begin(bool closed) => (_candidate, _since) = (closed, _time.GetTimestamp());

    private void Settle()
    {
        if (_state == _candidate || _time.GetElapsedTime(_since) < _options.Debounce)
        {
            return;
        }

        _state = _candidate;
        if (_settled.Count < Most)
        {
            _settled.Enqueue(_candidate);
        }
    }
}
