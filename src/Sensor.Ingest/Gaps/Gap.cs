using Sensor.Contracts;

namespace Sensor.Ingest.Gaps;

/// <summary>Sequences of a run that are neither held here nor closed by a signed loss.</summary>
/// <param name="Station">The station.</param>
/// <param name="Run">The run.</param>
/// <param name="First">The first sequence that lacks.</param>
/// <param name="Last">The last one.</param>
/// <param name="Sign">How it is known that there is something.</param>
internal sealed record Gap(string Station, LifeId Run, long First, long Last, GapSign Sign)
{
    /// <summary>How many sequences lack.</summary>
    public long Count => Last - First + 1;
}

/// <summary>How it is known that there is something to miss.</summary>
internal enum GapSign
{
    /// <summary>Later records of the run are held.</summary>
    Between,

    /// <summary>The next run says how far this one went.</summary>
    Successor,

    /// <summary>A receipt of our own, found at the broker, covers it: this store was put back to an earlier state.</summary>
    Receipted,
}
