using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Flat line: values that stay within a tolerance for too long.</summary>
/// <remarks>
/// <para>
/// Source: QARTOD manuals, test 8, with times for the numbers of repetitions. The window of a point reaches back the given time, both ends inside,
/// and is flat when largest less smallest is below the tolerance. It is full when the values in it, each taken to last one step, stand for more
/// than that time: with even steps these are the windows of ioos_qc.
/// </para>
/// <para>Until a series has lasted so long its values pass; where a gap or missing values leave the window short they are not evaluated.</para>
/// </remarks>
/// <param name="Suspect">Milliseconds after which flat values are suspect.</param>
/// <param name="Fail">Milliseconds after which flat values fail, not less.</param>
/// <param name="Tolerance">In the unit of the values, above 0.</param>
public sealed record FlatLineTest(long Suspect, long Fail, ExactDecimal Tolerance) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "flat_line";

    internal static FlatLineTest Read(StrictObject json)
    {
        var test = new FlatLineTest(
            QualityReader.Seconds(json, "suspect_threshold_s"),
            QualityReader.Seconds(json, "fail_threshold_s"),
            QualityReader.Number(json, "tolerance", "a number above 0; at 0 nothing would ever be flat", n => n.Sign > 0));
        QualityReader.RequireOrder<long>(json, ("suspect_threshold_s", test.Suspect), ("fail_threshold_s", test.Fail));
        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        var fail = Judge(series, at, Fail, QualityGrade.Fail);
        if (fail.Flag == QualityGrade.Fail)
        {
            return fail;
        }

        var suspect = Judge(series, at, Suspect, QualityGrade.Suspect);
        return suspect.Flag == QualityGrade.Suspect || fail.Flag == QualityGrade.Pass ? suspect : fail;
    };

    private QualityResult Judge(IReadOnlyList<SeriesPoint> series, int at, long length, QualityGrade flag)
    {
        var window = new TimeWindow(series, at, length, open: false);
        var values = window.Values;
        var range = values.Max() - values.Min();
        var (en, zh) = ($"{values.Count} values within {Seconds(length)} s differ by {range}", $"{Seconds(length)} 秒内 {values.Count} 个数值相差 {range}");
        return range >= Tolerance ? QualityResult.Pass($"{en}, not less than {Tolerance}", $"{zh}，不小于 {Tolerance}")
            : window.Coverage > length ? QualityResult.Of(flag, $"{en}, less than {Tolerance}", $"{zh}，小于 {Tolerance}")
            : window.HasEarlier || window.Missing > 0 ? QualityResult.NotEvaluated($"{en}, but gaps leave too few to judge", $"{zh}，但因缺口不足以判断")
            : QualityResult.Pass($"{en}, but the series has not yet lasted so long", $"{zh}，但序列尚未持续这么久");
    }
}
