using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Gross range: outside what the instrument can measure fails, outside what the operator expects is suspect.</summary>
/// <remarks>Source: QARTOD manuals for dissolved oxygen and nutrients, test 4. Both ends of a span are inside.</remarks>
/// <param name="Fail">What the instrument can measure.</param>
/// <param name="Suspect">What the operator expects, inside <paramref name="Fail"/>; null where nothing more is expected.</param>
public sealed record GrossRangeTest(Span Fail, Span? Suspect) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "gross_range";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Times;

    internal static GrossRangeTest Read(StrictObject json)
    {
        var test = new GrossRangeTest(QualityReader.Span(json, "fail_span"), QualityReader.OptionalSpan(json, "suspect_span"));
        if (test.Suspect is { } inner && !(test.Fail.Holds(inner.Low) && test.Fail.Holds(inner.High)))
        {
            json.Problem("suspect_span", $"{inner} reaches outside fail_span {test.Fail}", "Give a span inside it");
        }

        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        var value = series[at].Value!.Value;
        return !Fail.Holds(value) ? QualityResult.Fail($"{value} is outside {Fail}", $"{value} 超出 {Fail}")
            : Suspect is { } inner && !inner.Holds(value) ? QualityResult.Suspect($"{value} is outside {inner}", $"{value} 超出 {inner}")
            : QualityResult.Pass($"{value} is inside {Suspect ?? Fail}", $"{value} 在 {Suspect ?? Fail} 之内");
    };
}
