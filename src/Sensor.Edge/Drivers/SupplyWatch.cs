using Sensor.Contracts;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Drivers;

/// <summary>Tells changes of the supply from wavering: each state is left at another voltage than it is entered.</summary>
internal sealed class SupplyWatch(Ina219Options options)
{
    /// <summary>The next change, or null. It stays due until its position is durable, so that none is lost.</summary>
    /// <param name="volts">The supply now.</param>
    /// <param name="position">The durable state, <c>mains</c> or <c>battery</c>, then <c>ok</c> or <c>low</c>; null means <c>mains ok</c>.</param>
    public (string Kind, string Position)? Next(MeasuredValue volts, string? position)
    {
        var (battery, low) = (position?.StartsWith("battery", StringComparison.Ordinal) ?? false, position?.EndsWith("low", StringComparison.Ordinal) ?? false);
        if (options is { MainsLostBelow: { } lost, MainsBackFrom: { } back } && battery != IsBelow(volts, battery, lost, back))
        {
            return (battery ? "mains-back" : "mains-lost", State(!battery, low));
        }

        return low == IsBelow(volts, low, options.BatteryLowBelow, options.BatteryOkFrom) ? null : (low ? "battery-ok" : "battery-low", State(battery, !low));
    }

    private static bool IsBelow(MeasuredValue volts, bool was, MeasuredValue enter, MeasuredValue leave) => DecimalOption.IsLess(volts, was ? leave : enter);

    private static string State(bool battery, bool low) => $"{(battery ? "battery" : "mains")} {(low ? "low" : "ok")}";
}
