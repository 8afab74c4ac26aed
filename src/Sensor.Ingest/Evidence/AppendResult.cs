namespace Sensor.Ingest.Evidence;

/// <summary>What a durable transaction did.</summary>
/// <param name="Arrivals">What was taken.</param>
/// <param name="Landings">What became of each, in their order.</param>
/// <param name="Runs">The standing of every run that was touched, repeats included.</param>
/// <param name="Checkpoint">The log after the transaction.</param>
/// <param name="ObservationRepeats">The new records that state readings which another record of the station states already.</param>
internal sealed record AppendResult(IReadOnlyList<Arrival> Arrivals, IReadOnlyList<Landing> Landings, IReadOnlyList<RunStanding> Runs, LogCheckpoint Checkpoint, int ObservationRepeats = 0)
{
    /// <summary>The new records whose clock was later than their arrival; see <see cref="ClockSuspicion"/>.</summary>
    public int ClockSuspects { get; init; }

    /// <summary>The standing of runs before those, of which less is held than their successors say there is.</summary>
    public IReadOnlyList<RunStanding> Owed { get; init; } = [];
}
