using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Drivers;
using Sensor.Edge.Drivers.Analogue;

namespace Sensor.Edge.Sampling;

/// <summary>The middle one of an odd number of reads, for each parameter by itself, as the instrument gave it: nothing is averaged.</summary>
internal static class Median
{
    /// <summary>A parameter that is missing in one read is missing, with the reason of that read.</summary>
    public static DriverReply.Sampled Of(IReadOnlyList<DriverReply.Sampled> reads)
    {
        var last = reads[^1];
        return last with { Readings = [.. last.Readings.Select(reading => Middle([.. reads.SelectMany(read => read.Readings).Where(other => other.Parameter == reading.Parameter && other.Instrument == reading.Instrument)]))] };
    }

    private static Reading Middle(Reading[] reads)
    {
        var chosen = Array.Find(reads, read => read.Missing is not null)
            ?? reads.OrderBy(read => Fraction.Of(read.Value!.Value), Comparer<Fraction>.Create(Fraction.Compare)).ElementAt(reads.Length / 2);
        return chosen with { Flag = FlagOf(chosen, reads), Raw = RawOf(chosen, reads) };
    }

    /// <summary>What makes one read unusable makes the median so.</summary>
    private static string FlagOf(Reading chosen, Reading[] reads) =>
        (Array.Find(reads, read => Flag.UseOf(read.Flag) is FlagUse.Unusable or FlagUse.NoWater) ?? chosen).Flag;

    /// <summary>The raw signal of the chosen one first, then those of the others in the order of time, as far as there is room.</summary>
    private static string? RawOf(Reading chosen, Reading[] reads) =>
        WireText.Fit(string.Join(" | ", reads.Where(read => !ReferenceEquals(read, chosen)).Prepend(chosen).Select(read => read.Raw ?? read.Value?.ToString() ?? "none")), WireLimits.Raw);
}
