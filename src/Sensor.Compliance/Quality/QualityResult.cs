using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Quality;

/// <summary>A test's flag for one point and the numbers that decided. Immutable and thread-safe.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Explanation">Why, in both languages.</param>
public sealed record QualityResult(QualityGrade Flag, LocalText Explanation)
{
    internal static QualityResult Missing { get; } = Of(QualityGrade.Missing, "there is no value", "没有数值");

    internal static QualityResult NoTime { get; } = NotEvaluated("the value has no time", "该数值没有时间");

    internal static QualityResult Pass(string en, string zh) => Of(QualityGrade.Pass, en, zh);

    internal static QualityResult NotEvaluated(string en, string zh) => Of(QualityGrade.NotEvaluated, en, zh);

    internal static QualityResult Suspect(string en, string zh) => Of(QualityGrade.Suspect, en, zh);

    internal static QualityResult Fail(string en, string zh) => Of(QualityGrade.Fail, en, zh);

    internal static QualityResult Of(QualityGrade flag, string en, string zh) => new(flag, new LocalText(en, zh));
}
