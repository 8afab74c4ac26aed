using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Dissolved oxygen against its saturation at the water's temperature: far above is seen only in blooms, or with a bad probe.</summary>
/// <remarks>
/// <para>
/// Saturation is 468 ÷ (31.6 + t) mg/L at 101.325 kPa for fresh water (HJ 2.3-2018, and GB 3838 practice), within about 2 % from 0 to 40 °C, and in
/// proportion to pressure; compared without dividing. It does not know salinity.
/// </para>
/// <para>The partner is the temperature in °C; outside −5 to 60 °C it is not believed and the value is not evaluated.</para>
/// </remarks>
/// <param name="Suspect">Percent of saturation that pass; outside a value is suspect.</param>
/// <param name="Fail">Percent of saturation outside which a value fails; null for never.</param>
/// <param name="Pressure">Air pressure in kPa, 50 to 110; default 101.325.</param>
public sealed record OxygenSaturationTest(Span Suspect, Span? Fail, ExactDecimal Pressure) : SeriesTest
{
    private static readonly Span Believed = new(ExactDecimal.From(-5), ExactDecimal.From(60));
    private static readonly ExactDecimal Normal = new(101_325, 3);
    private static readonly ExactDecimal Base = new(316, 1);

    /// <inheritdoc/>
    public override string Name => "oxygen_saturation";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Values | QualityInputs.Partner;

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Times;

    internal static OxygenSaturationTest Read(StrictObject json)
    {
        var test = new OxygenSaturationTest(
            QualityReader.Span(json, "suspect_percent"),
            QualityReader.OptionalSpan(json, "fail_percent"),
            QualityReader.OptionalNumber(json, "pressure_kpa", "a pressure from 50 to 110 kPa", p => p >= ExactDecimal.From(50) && p <= ExactDecimal.From(110)) ?? Normal);
        if (test.Fail is { } outer && !(outer.Holds(test.Suspect.Low) && outer.Holds(test.Suspect.High)))
        {
            json.Problem("suspect_percent", $"{test.Suspect} reaches outside fail_percent {outer}", "Give a span inside it");
        }

        return test;
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        var oxygen = series[at].Value!.Value;
        return series[at].Partner is not { } temperature ? QualityResult.NotEvaluated("the temperature has no value", "水温没有数值")
            : !Believed.Holds(temperature) ? QualityResult.NotEvaluated($"a temperature of {temperature} is outside {Believed}", $"水温 {temperature} 超出 {Believed}")
            : Judge(oxygen, temperature);
    };

    private QualityResult Judge(ExactDecimal oxygen, ExactDecimal temperature)
    {
        // percent = 100 · oxygen · (31.6 + t) · 101.325 ÷ (468 · pressure), compared as numerator and divisor.
        var numerator = ExactDecimal.From(100) * oxygen * (Base + temperature) * Normal;
        var divisor = ExactDecimal.From(468) * Pressure;
        bool Holds(Span span) => numerator >= span.Low * divisor && numerator <= span.High * divisor;

        var percent = ExactDecimal.Quotient(numerator, divisor).RoundHalfEven(3);
        var (en, zh) = ($"{oxygen} mg/L at {temperature} °C is {percent} % of saturation", $"{temperature} °C 时 {oxygen} mg/L 为饱和度的 {percent} %");
        return Fail is { } outer && !Holds(outer) ? QualityResult.Fail($"{en}, outside {outer}", $"{zh}，超出 {outer}")
            : !Holds(Suspect) ? QualityResult.Suspect($"{en}, outside {Suspect}", $"{zh}，超出 {Suspect}")
            : QualityResult.Pass($"{en}, inside {Suspect}", $"{zh}，在 {Suspect} 之内");
    }
}
