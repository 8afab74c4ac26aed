namespace Sensor.Compliance.Quality;

/// <summary>
/// Which of several flags stands for a value: fail, then suspect, missing, not evaluated, and pass only where every test passed.
/// </summary>
/// <remarks>A pass never hides that something was missing or not evaluated. No test at all is not evaluated. Pure and thread-safe.</remarks>
public static class QualityPrecedence
{
    /// <summary>Every flag, the one that prevails first.</summary>
    public static IReadOnlyList<QualityGrade> Order { get; } =
        [QualityGrade.Fail, QualityGrade.Suspect, QualityGrade.Missing, QualityGrade.NotEvaluated, QualityGrade.Pass];

    /// <summary>The flag that stands for all of them; their order does not matter.</summary>
    public static QualityGrade Combine(IEnumerable<QualityGrade> flags)
    {
        var given = flags.ToHashSet();
        return Order.FirstOrDefault(given.Contains, QualityGrade.NotEvaluated);
    }
}
