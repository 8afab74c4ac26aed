using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Quality;

/// <summary>A quality test with its parameters: a pure function from points to one result for each.</summary>
/// <remarks>
/// Every test answers for every input, however strange; it never throws because of what was measured. Its results are evidence for people:
/// an operator's own tests may alert, never exclude a value from a decision. Immutable and thread-safe.
/// </remarks>
public abstract record QualityTest
{
    /// <summary>The name in cases and configurations.</summary>
    public abstract string Name { get; }

    /// <summary>What the test must be given.</summary>
    public abstract QualityInputs Required { get; }

    /// <summary>What the test also looks at when it is given.</summary>
    public virtual QualityInputs Optional => QualityInputs.None;

    /// <summary>The result of every point, in the order of the input.</summary>
    /// <exception cref="ArgumentException">What the test requires is not given, or the lists differ in length.</exception>
    public IReadOnlyList<QualityResult> Check(QualityInput input)
    {
        if ((Required & ~input.Given) != 0)
        {
            throw new ArgumentException($"The test {Name} needs {Required}.", nameof(input));
        }

        return input.Lengths.Distinct().Count() > 1
            ? throw new ArgumentException("All lists must have the same length.", nameof(input))
            : Judge(input);
    }

    /// <summary>Judges points whose lists have one length.</summary>
    private protected abstract IReadOnlyList<QualityResult> Judge(QualityInput input);
}

/// <summary>A test that judges each present value within its series; what is missing or has no time needs no judging.</summary>
public abstract record SeriesTest : QualityTest
{
    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values | QualityInputs.Times;

    private protected sealed override IReadOnlyList<QualityResult> Judge(QualityInput input)
    {
        var results = Enumerable.Range(0, input.Count).Select(i => input.Values![i] is null ? QualityResult.Missing : QualityResult.NoTime).ToArray();
        var series = input.InOrder();
        var judge = Judge(series);
        for (var at = 0; at < series.Count; at++)
        {
            if (series[at].Value is not null)
            {
                results[series[at].Index] = judge(at);
            }
        }

        return results;
    }

    /// <summary>Prepares the judging of a series in its order.</summary>
    /// <returns>The result of the point at a place of the series; asked only where there is a value.</returns>
    private protected abstract Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series);

    /// <summary>What a test asks of the point before: there is none, it is missing, or it is too long ago.</summary>
    private protected static QualityResult? WithoutNeighbour(SeriesPoint point, SeriesPoint neighbour, long? maxGap, LocalText which)
    {
        var gap = long.Abs(point.Since(neighbour));
        return neighbour.Value is null
            ? QualityResult.NotEvaluated($"the value {which.En} is missing", $"{which.Zh}的数值缺失")
            : gap > maxGap
                ? QualityResult.NotEvaluated($"the value {which.En} is {Seconds(gap)} s away, more than {Seconds(maxGap.Value)} s", $"{which.Zh}的数值相隔 {Seconds(gap)} 秒，超过 {Seconds(maxGap.Value)} 秒")
                : null;
    }

    private protected static LocalText Before { get; } = new("before", "前一个");

    private protected static LocalText After { get; } = new("after", "后一个");

    internal static string Seconds(long milliseconds) => new Arithmetic.ExactDecimal(milliseconds, 3).ToString();
}
