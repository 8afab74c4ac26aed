namespace Sensor.Compliance.Agreements;

/// <summary>Which mean of a parameter decides. Every trace shows both.</summary>
public enum DecidingStatistic
{
    /// <summary><c>meanOfSamples</c>: every counting value has the same weight.</summary>
    MeanOfSamples,

    /// <summary><c>meanOfMonthlyMeans</c>: every counting month has the same weight.</summary>
    MeanOfMonthlyMeans,
}
