using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>A check or calibration of an instrument, as a decision sees it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record InstrumentCheck
{
    /// <summary>The <see cref="Kind"/> of a calibration. One that passed is a good check of every kind.</summary>
    public const string Calibration = "calibration";

    /// <summary>The section at which the instrument stood.</summary>
    public required string Section { get; init; }

    /// <summary>The station's id, or the source of imported data; empty where a file names none.</summary>
    public string Series { get; init; } = "";

    /// <summary>The instrument within the series; empty where a file names none.</summary>
    public string Instrument { get; init; } = "";

    /// <summary>National factor code.</summary>
    public required string Parameter { get; init; }

    /// <summary>What was checked, such as <c>zero</c> or <c>span</c>; <see cref="Calibration"/> for a calibration.</summary>
    public required string Kind { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>Whether the instrument was within its limits.</summary>
    public required bool Passed { get; init; }
}
