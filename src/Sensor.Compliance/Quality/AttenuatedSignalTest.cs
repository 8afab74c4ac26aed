using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>What must not become too small.</summary>
public enum SpreadMeasure
{
    /// <summary>The standard deviation of the population.</summary>
    StandardDeviation,

    /// <summary>The largest value less the smallest.</summary>
    Range,
}

/// <summary>Attenuated signal: values that vary too little to be those of living water.</summary>
/// <remarks>
/// <para>
/// Source: QARTOD manuals, test 10. The window of a point reaches back the test period; the point exactly so long ago is outside. Without a test period
/// the whole series is one window. Standard deviations are compared as squares: n·Σx² − (Σx)² with n²·threshold², exactly and without a root.
/// </para>
/// <para>
/// Missing values never make a pass: the standard deviation passes only where it would even if each missing value had been the mean.
/// </para>
/// </remarks>
/// <param name="Suspect">Below this the values are suspect, 0 or more.</param>
/// <param name="Fail">Below this the values fail, 0 or more.</param>
/// <param name="Measure">What is compared; default standard deviation.</param>
/// <param name="Period">Milliseconds a window reaches back; null for the whole series.</param>
/// <param name="MinObservations">How many values a window needs; null for one.</param>
/// <param name="MinPeriod">Milliseconds the values of a window must stand for, each taken to last one step; null for any.</param>
public sealed record AttenuatedSignalTest(
    ExactDecimal Suspect, ExactDecimal Fail, SpreadMeasure Measure = SpreadMeasure.StandardDeviation, long? Period = null, int? MinObservations = null, long? MinPeriod = null) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "attenuated_signal";

    internal static AttenuatedSignalTest Read(StrictObject json)
    {
        var test = new AttenuatedSignalTest(
            QualityReader.Threshold(json, "suspect_threshold"),
            QualityReader.Threshold(json, "fail_threshold"),
            json.Word("check_type", ["std", "range"], "std") == "std" ? SpreadMeasure.StandardDeviation : SpreadMeasure.Range,
            QualityReader.OptionalSeconds(json, "test_period_s"),
            QualityReader.OptionalCount(json, "min_obs", 0),
            QualityReader.OptionalSeconds(json, "min_period_s"));
        QualityReader.RequireOrder<ExactDecimal>(json, ("fail_threshold", test.Fail), ("suspect_threshold", test.Suspect));
        foreach (var member in new[] { "min_obs", "min_period_s" }.Where(m => json.Has(m) && test.Period is null))
        {
            json.Problem(member, "is given without test_period_s", "Give both or none");
        }

        if (test.Period == 0)
        {
            json.Problem("test_period_s", "is 0", "Give the seconds that a window reaches back");
        }

        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series)
    {
        if (Period is { } period)
        {
            return at => Judge(new TimeWindow(series, at, period, open: true));
        }

        var whole = series.Count == 0 ? QualityResult.Missing : Judge(new TimeWindow(series, series.Count - 1, long.MaxValue, open: false));
        return _ => whole;
    }

    private QualityResult Judge(TimeWindow window)
    {
        var values = window.Values;
        if (values.Count == 0)
        {
            return QualityResult.Missing;
        }

        if (values.Count < (MinObservations ?? 0) || window.Coverage < (MinPeriod ?? 0))
        {
            return QualityResult.NotEvaluated($"{values.Count} values stand for {Seconds(window.Coverage)} s, too few to judge", $"{values.Count} 个数值代表 {Seconds(window.Coverage)} 秒，不足以判断");
        }

        var spread = Measure == SpreadMeasure.Range ? Spread.Range(values) : Spread.Deviation(values, window.Missing);
        var zhName = Measure == SpreadMeasure.Range ? "极差" : "标准差";
        var (en, zh) = ($"{values.Count} values have {spread.En}", $"{values.Count} 个数值的{zhName}为 {spread.Shown}");
        return spread.IsBelow(Fail) ? QualityResult.Fail($"{en}, below {Fail}", $"{zh}，低于 {Fail}")
            : spread.IsBelow(Suspect) ? QualityResult.Suspect($"{en}, below {Suspect}", $"{zh}，低于 {Suspect}")
            : spread.MayBeBelow(Suspect) ? QualityResult.NotEvaluated($"{en}; with {window.Missing} missing values it may have been below {Suspect}", $"{zh}；因 {window.Missing} 个数值缺失，可能低于 {Suspect}")
            : QualityResult.Pass($"{en}, not below {Suspect}", $"{zh}，不低于 {Suspect}");
    }
}
