namespace Sensor.Contracts;

/// <summary>Something that happened at a station and bears on what its readings are worth.</summary>
/// <remarks>
/// One shape for all types, so that one reader serves them all; docs/wire.md has the table of which members each type must have.
/// Immutable and thread-safe.
/// </remarks>
public sealed record StationEvent
{
    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The instrument concerned.</summary>
    public string? Instrument { get; init; }

    /// <summary>The parameter concerned, by national factor code.</summary>
    public string? Parameter { get; init; }

    /// <summary>Who acted, at most 64 bytes of UTF-8 without control characters.</summary>
    public string? Actor { get; init; }

    /// <summary>A remark, at most 512 bytes of UTF-8 without control characters; see <see cref="Wire.WireText.Fit"/>.</summary>
    public string? Note { get; init; }

    /// <summary>The variety of the event, such as <c>zero</c>, <c>span</c>, <c>opened</c>, <c>mains-lost</c>; at most 32 bytes.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether a calibration or check was within its limits.</summary>
    public bool? Passed { get; init; }

    /// <summary>The standards used and what was read, for calibrations and checks; at most 16.</summary>
    public IReadOnlyList<CalibrationPoint> Points { get; init; } = [];

    /// <summary>The state before, for changes; at most 512 bytes.</summary>
    public string? Before { get; init; }

    /// <summary>The state after, for changes; at most 512 bytes.</summary>
    public string? After { get; init; }

    /// <summary>The wall clock before a step.</summary>
    public Instant? WallBefore { get; init; }

    /// <summary>The wall clock after a step.</summary>
    public Instant? WallAfter { get; init; }

    /// <summary>The whole envelope of the command that was obeyed or refused, at most 16,384 bytes.</summary>
    public ReadOnlyMemory<byte>? Command { get; init; }

    /// <summary>A level that goes with the event, such as the supply in volts.</summary>
    public MeasuredValue? Level { get; init; }
}

/// <summary>One standard of a calibration or check.</summary>
/// <param name="Standard">The nominal value of the standard.</param>
/// <param name="Before">What the instrument read before adjustment.</param>
/// <param name="After">What it read afterwards; null where nothing was adjusted.</param>
public sealed record CalibrationPoint(MeasuredValue Standard, MeasuredValue? Before, MeasuredValue? After);

/// <summary>What can happen at a station.</summary>
public enum EventType
{
    /// <summary>The process began; always the first record of a run. After = software version, Kind = orderly, unclean or first (how the run before ended).</summary>
    Boot = 1,

    /// <summary>An instrument was calibrated.</summary>
    Calibration = 2,

    /// <summary>An instrument was checked against a standard without adjustment.</summary>
    Check = 3,

    /// <summary>Maintenance began.</summary>
    MaintenanceBegin = 4,

    /// <summary>Maintenance ended.</summary>
    MaintenanceEnd = 5,

    /// <summary>The station's configuration changed. Before and After = digests in hexadecimal.</summary>
    ConfigurationChange = 6,

    /// <summary>A setting of an instrument changed. Kind = the setting.</summary>
    InstrumentSetting = 7,

    /// <summary>The wall clock was stepped.</summary>
    ClockStep = 8,

    /// <summary>The supply changed. Kind = mains-lost, mains-back, battery-low, battery-ok; Level = volts.</summary>
    Power = 9,

    /// <summary>The enclosure. Kind = opened, closed.</summary>
    Door = 10,

    /// <summary>A command was obeyed.</summary>
    CommandObeyed = 11,

    /// <summary>A command was refused. Note = why.</summary>
    CommandRefused = 12,
}
