using Sensor.Compliance.Agreements;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>What bears on a window, each with the record or file that says it.</summary>
public sealed record CutInput
{
    /// <summary>The observations, see <see cref="CutAssessment.Bearing"/>, none later than <see cref="AsOf"/>.</summary>
    public required IEnumerable<RecordedObservation> Bearing { get; init; }

    /// <summary>The results of joint samples, see <see cref="WindowSamples.Bearing"/>.</summary>
    public ObservationsOfSamples Samples { get; init; } = ObservationsOfSamples.None;

    /// <summary>The checks of instruments, see <see cref="BearingChecks"/>.</summary>
    public IReadOnlyList<RecordedCheck> Checks { get; init; } = [];

    /// <summary>The records that others date, see <see cref="ObservationsOfRecords.Anchored"/>.</summary>
    public IReadOnlyList<AnchoredRecord> Anchored { get; init; } = [];

    /// <summary>The determinations; null where there are none.</summary>
    public Determinations? Determinations { get; init; }

    /// <summary>The moment as of which it is decided; a later check moves it.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The digest of the registry that placed the stations.</summary>
    public required Digest Registry { get; init; }
}
