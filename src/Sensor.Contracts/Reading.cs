namespace Sensor.Contracts;

/// <summary>One value of one parameter, or the reason why there is none, with everything that was known when it was taken.</summary>
/// <remarks>Exactly one of <see cref="Value"/> and <see cref="Missing"/> is set. Immutable and thread-safe.</remarks>
public sealed record Reading
{
    /// <summary>National factor code.</summary>
    public required string Parameter { get; init; }

    /// <summary>The measured digits, in <see cref="Unit"/>; null when missing.</summary>
    public MeasuredValue? Value { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public MissingReason? Missing { get; init; }

    /// <summary>UCUM unit of <see cref="Value"/>, 1 to 16 bytes.</summary>
    public required string Unit { get; init; }

    /// <summary>The station's flag; see <see cref="Contracts.Flag"/>.</summary>
    public required string Flag { get; init; }

    /// <summary>The instrument that gave it.</summary>
    public required string Instrument { get; init; }

    /// <summary>When the water began to be taken.</summary>
    public required Instant SampledFrom { get; init; }

    /// <summary>When the water had been taken; not before <see cref="SampledFrom"/>.</summary>
    public required Instant SampledTo { get; init; }

    /// <summary>Whose clock dated the water.</summary>
    public DatedBy DatedBy { get; init; }

    /// <summary>The instrument's detection limit in <see cref="Unit"/>, where it is known.</summary>
    public MeasuredValue? DetectionLimit { get; init; }

    /// <summary>The signal as the instrument gave it (a register in hexadecimal, a reply, a voltage), at most 128 bytes of UTF-8 without control characters; see <see cref="Wire.WireText.Fit"/>.</summary>
    public string? Raw { get; init; }
}

/// <summary>Why a reading has no value.</summary>
public enum MissingReason
{
    /// <summary>The source gave no value and no reason.</summary>
    NotReported = 0,

    /// <summary>The instrument did not answer in time.</summary>
    NoAnswer = 1,

    /// <summary>The answer could not be understood or failed its checksum.</summary>
    BadAnswer = 2,

    /// <summary>The instrument said that it was busy.</summary>
    Busy = 3,

    /// <summary>The instrument reported a fault.</summary>
    Fault = 4,

    /// <summary>The value cannot be written with 15 digits and 12 decimals, or is not a number.</summary>
    NotRepresentable = 5,

    /// <summary>Maintenance or calibration was under way.</summary>
    Maintenance = 6,

    /// <summary>There was no water.</summary>
    NoWater = 7,
}

/// <summary>Whose clock dated the water of a reading.</summary>
public enum DatedBy
{
    /// <summary>The station's clock, whose quality the record's clock state tells.</summary>
    Station = 0,

    /// <summary>The instrument or source itself.</summary>
    Instrument = 1,
}
