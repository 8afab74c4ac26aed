using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The critical values W_p of Spearman's rank correlation. Source: the trend test of 环办〔2011〕22号 and of China's monitoring handbooks.
/// </summary>
/// <remarks>
/// <para>The levels are one-sided: without any trend, |r| passes a value about twice as often as its level says.</para>
/// <para>
/// The table has no row for 11, 13, … and none beyond 30. The critical value falls as the number of periods rises, so the row before is
/// taken: a trend is then called significant rather too seldom than too often. That is our rule, not the document's.
/// </para>
/// </remarks>
public static class SpearmanCriticalValues
{
    private static readonly (int Periods, string Five, string One)[] Rows =
    [
        (5, "0.900", "1.000"), (6, "0.829", "0.943"), (7, "0.714", "0.893"), (8, "0.643", "0.833"), (9, "0.600", "0.783"), (10, "0.564", "0.746"),
        (12, "0.506", "0.712"), (14, "0.456", "0.645"), (16, "0.425", "0.601"), (18, "0.399", "0.564"), (20, "0.377", "0.534"),
        (22, "0.359", "0.508"), (24, "0.343", "0.485"), (26, "0.329", "0.465"), (28, "0.317", "0.448"), (30, "0.306", "0.432"),
    ];

    /// <summary>The fewest periods for which there is a critical value.</summary>
    public const int FewestPeriods = 5;

    /// <summary>The critical value, of the last row that does not pass the number of periods; null for fewer than <see cref="FewestPeriods"/>.</summary>
    public static ExactDecimal? Of(int periods, SignificanceLevel level)
    {
        if (periods < FewestPeriods)
        {
            return null;
        }

        var row = Rows.Last(r => r.Periods <= periods);
        return ExactDecimal.Parse(level == SignificanceLevel.FivePercent ? row.Five : row.One);
    }
}
