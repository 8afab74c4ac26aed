using Sensor.Contracts;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Sampling;

/// <summary>Turns a failed read into readings that say that there is no value, and why.</summary>
internal static class FailedReadings
{
    private const int LongestRaw = 128;

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
            Raw = failed.Detail.Length <= LongestRaw ? failed.Detail : failed.Detail[..LongestRaw],
        })];

    private static string FlagOf(MissingReason reason) => reason switch
    {
        MissingReason.Fault => "D",
        MissingReason.Maintenance => "M",
        MissingReason.NoWater => "Z",
        _ => "F",
    };
}
