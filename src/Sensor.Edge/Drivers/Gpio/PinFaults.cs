using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers.Gpio;

/// <summary>What the platform throws when a GPIO chip, its library or a pin cannot be used.</summary>
internal static class PinFaults
{
    /// <summary>Uses a pin; after a fault, puts it away and says which pin it was.</summary>
    /// <exception cref="BusException">It could not be used.</exception>
    public static void Explained(string bus, int pin, Action use, Action putAway)
    {
        try
        {
            use();
        }
        catch (Exception e) when (IsFault(e))
        {
            putAway();
            var kind = e is UnauthorizedAccessException or DllNotFoundException or NotSupportedException ? FailureKind.Misconfigured : FailureKind.Transient;
            throw new BusException(kind, $"bus {bus}, pin {pin}: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>For what is put away: nothing more can be done about it.</summary>
    public static void Ignored(Action use)
    {
        try
        {
            use();
        }
        catch (Exception e) when (IsFault(e))
        {
            // It is opened anew by the next use, which says what is wrong.
        }
    }

    private static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException
        or ArgumentException or DllNotFoundException or System.Runtime.InteropServices.ExternalException;
}
