namespace WaterWatch.Bench;

/// <summary>The times of one thing over all repetitions.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Seconds">One time for each repetition, in their order.</param>
/// <param name="Readings">The readings of one repetition.</param>
internal sealed record Figure(string Name, IReadOnlyList<double> Seconds, long Readings)
{
    /// <summary>The middle time; of an even number the mean of the two in the middle.</summary>
    public double Median => MedianOf(Seconds);

    /// <summary>The shortest time.</summary>
    public double Least => Seconds.Min();

    /// <summary>The longest time.</summary>
    public double Most => Seconds.Max();

    /// <summary>Readings per second at the median.</summary>
    public double ReadingsPerSecond => Readings / Median;

    /// <summary>The median of the multiples of a baseline, each with the baseline of its own repetition.</summary>
    public double RatioTo(Figure baseline) => MedianOf([.. Ratios(baseline)]);

    /// <summary>The multiples of a baseline, repetition by repetition.</summary>
    public IEnumerable<double> Ratios(Figure baseline) => Seconds.Zip(baseline.Seconds, (mine, theirs) => mine / theirs);

    private static double MedianOf(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;
    }
}
