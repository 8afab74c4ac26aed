using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>A reading as a decision sees it: one value of one parameter at one section, or the reason why there is none.</summary>
/// <remarks>
/// It knows nothing of runs, records, keys or arrival: the same water gives the same verdict whatever carried it.
/// Immutable and thread-safe.
/// </remarks>
public sealed record Observation
{
    /// <summary>The section's name as the data write it.</summary>
    public required string Section { get; init; }

    /// <summary>The station's id, or the source of imported data; empty where a file names none.</summary>
    public string Series { get; init; } = "";

    /// <summary>The instrument within the series; empty where a file names none.</summary>
    public string Instrument { get; init; } = "";

    /// <summary>National factor code.</summary>
    public required string Parameter { get; init; }

    /// <summary>When the water began to be taken.</summary>
    public required Instant SampledFrom { get; init; }

    /// <summary>When the water had been taken. This moment decides to which day, month and window the observation belongs.</summary>
    public required Instant SampledTo { get; init; }

    /// <summary>
    /// Between which moments the water had been taken, as far as the station's clocks tell; null where they were not asked, or where the water was dated
    /// by a file, an import or the instrument. It decides only where the agreement says so.
    /// </summary>
    public TimeInterval? Time { get; init; }

    /// <summary>The measured digits, in <see cref="Unit"/>; null when missing.</summary>
    public MeasuredValue? Value { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public MissingReason? Missing { get; init; }

    /// <summary>UCUM unit of <see cref="Value"/> and <see cref="DetectionLimit"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>The station's flag; see <see cref="Contracts.Flag"/>.</summary>
    public required string Flag { get; init; }

    /// <summary>The instrument's detection limit, where it is known.</summary>
    public MeasuredValue? DetectionLimit { get; init; }

    /// <summary>Who vouches for it.</summary>
    public Trust Trust { get; init; } = Trust.Imported;

    /// <summary>
    /// Which of two observations of one key is the later one: the greater. The caller derives it from the station's own order
    /// (runs, then sequence numbers) or from the line of a file, never from arrival.
    /// </summary>
    public long Order { get; init; }

    /// <summary>What this observation is about.</summary>
    internal ObservationKey Key => new(Section, Series, Instrument, Parameter, SampledTo);
}
