using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>Turns a failed read into readings that say that there is no value, and why.</summary>
internal static class FailedReadings
{
    public static IReadOnlyList<Reading> Of(IDriver driver, string instrument, DriverReply.Failed failed, Instant from, Instant to) =>
        [.. driver.Channels.Select(channel => new Reading
        {
            Parameter = channel.Parameter,
            Missing = failed.Reason,
            Unit = channel.Unit,
            Flag = FlagOf(failed.Reason),
            Instrument = instrument,
            SampledFrom = from,
            SampledTo = to < from ? from : to,
            Raw = WireText.Fit(failed.Detail, WireLimits.Raw),
        })];

    private static string FlagOf(MissingReason reason) => reason switch
    {
        MissingReason.Fault => "D",
        MissingReason.Maintenance => "M",
        MissingReason.NoWater => "Z",
        _ => "F",
    };
}
