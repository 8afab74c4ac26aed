using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>Everything besides the agreement on which outcomes depend.</summary>
/// <remarks>Immutable and thread-safe as far as its collections are.</remarks>
public sealed record AssessmentInput
{
    /// <summary>The observations in any order, repeats and revisions included.</summary>
    public required IReadOnlyCollection<Observation> Observations { get; init; }

    /// <summary>The checks and calibrations of instruments in any order; they decide only where the agreement says so.</summary>
    public IReadOnlyCollection<InstrumentCheck> Checks { get; init; } = [];

    /// <summary>The determinations; null where there are none.</summary>
    public Determinations? Determinations { get; init; }

    /// <summary>Which records the observations came from.</summary>
    public Cut Cut { get; init; } = new();

    /// <summary>
    /// The moment as of which to decide: later samples and checks are left out and states are told by it. Null: everything counts and every
    /// outcome is provisional.
    /// </summary>
    public Instant? AsOf { get; init; }
}
