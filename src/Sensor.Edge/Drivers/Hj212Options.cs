using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>hj212</c>: a data logger that speaks HJ 212.</summary>
public sealed record Hj212Options : DriverOptions
{
    /// <summary>The TCP port on which the logger calls, or null where the station speaks over <see cref="DriverOptions.Bus"/>.</summary>
    public int? Listen { get; init; }

    /// <summary>The dialect.</summary>
    public required Hj212Dialect Dialect { get; init; }

    /// <summary>MN of the logger.</summary>
    public required string Station { get; init; }

    /// <summary>ST of its data.</summary>
    public required string System { get; init; }

    /// <summary>The command whose data become records: 2011, 2051, 2061 or 2031.</summary>
    public required string Command { get; init; }

    /// <summary>The value that is taken: Rtd or Avg.</summary>
    public required string Value { get; init; }

    /// <summary>What DataTime marks.</summary>
    public required Hj212DataTime DataTime { get; init; }

    /// <summary>The length of the period that a value stands for; zero with <see cref="Hj212DataTime.Instant"/>.</summary>
    public TimeSpan Period { get; init; }

    /// <summary>The fixed offset of the logger's clock.</summary>
    public required TimeSpan UtcOffset { get; init; }

    /// <summary>How long the logger may be silent.</summary>
    public required TimeSpan Silence { get; init; }

    /// <summary>How data are asked for that a break took, or null: they are not.</summary>
    public Hj212HistoryOptions? History { get; init; }

    /// <summary>The flag of values that were sent without one, or null: such values are missing.</summary>
    public string? Unflagged { get; init; }

    /// <summary>Flags of the logger that mean another of ours than the dialect has it, by their letters.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is taken from the data.</summary>
    public required IReadOnlyList<Hj212Parameter> Parameters { get; init; }
}

/// <summary>How kept data are asked for.</summary>
/// <param name="Interval">The distance between two DataTimes of the logger.</param>
/// <param name="Reach">How far back from the newest DataTime.</param>
public sealed record Hj212HistoryOptions(TimeSpan Interval, TimeSpan Reach);

/// <summary>What DataTime marks.</summary>
public enum Hj212DataTime
{
    /// <summary>The moment of the value.</summary>
    Instant,

    /// <summary>The start of its period, as HJ 212-2017 has it.</summary>
    Start,

    /// <summary>The end of its period.</summary>
    End,
}
