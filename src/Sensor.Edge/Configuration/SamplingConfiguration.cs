namespace Sensor.Edge.Configuration;

/// <summary>What is done before an instrument is read, and how often it is read, so that the read stands at its slot.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SamplingConfiguration
{
    /// <summary>The most reads of one slot.</summary>
    public const int MostReads = 15;

    /// <summary>What runs one after the other, after <see cref="WarmUp"/>.</summary>
    public IReadOnlyList<SamplingStep> Before { get; init; } = [];

    /// <summary>The actuator that is on from the beginning to the last read; null for an instrument that is always on.</summary>
    public string? Power { get; init; }

    /// <summary>The time between power and the first step. The default is none.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>The time between the last step and the slot. The default is none.</summary>
    public TimeSpan Stabilise { get; init; }

    /// <summary>How many reads make a reading, the median of them; odd, 1 to <see cref="MostReads"/>. The default is 1.</summary>
    public int Reads { get; init; } = 1;

    /// <summary>The time between the beginnings of two reads. The default is 2 s.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long before the slot everything begins.</summary>
    public TimeSpan Lead => Before.Aggregate(WarmUp + Stabilise, (sum, step) => sum + step.Run);

    /// <summary>How long everything takes when each read takes its whole timeout.</summary>
    internal TimeSpan LongestWith(TimeSpan timeout) => Lead + ((Reads - 1) * Every) + (Reads * timeout);
}

/// <summary>Something that runs for a time before the read.</summary>
/// <param name="Actuator">The actuator's id.</param>
/// <param name="Run">How long it is on.</param>
public sealed record SamplingStep(string Actuator, TimeSpan Run);
