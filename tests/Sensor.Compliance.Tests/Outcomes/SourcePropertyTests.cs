using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class SourcePropertyTests
{
    private static readonly AssessmentCase[] Agreements =
        [.. new[] { "source-joint-stands-in", "source-substituted-by-determination", "joint-samples-accepted", "source-by-day", "source-by-moment" }.Select(AssessmentCase.Read)];

    private static readonly Gen<Observation> AnyObservation =
        from parameter in Gen.OneOfConst("w01019", "w21003", "w21011", "w21001")
        from hour in Gen.Int[0, 40]
        from mantissa in Gen.Long[900, 1_200]
        from flag in Gen.OneOfConst("N", "N", "N", "N", "M", "L")
        from series in Gen.OneOfConst("ST-A", "ST-B", "CNEMC", "LAB", "lab-up", "lab-up", "lab-down", "lab-down", "lab-reserve", "stranger")
        from instrument in Gen.OneOfConst("", "", "b")
        from order in Gen.Long[0, 3]
        select new Observation
        {
            Section = "河口",
            Series = series,
            Instrument = instrument,
            Parameter = parameter,
            SampledFrom = Moment(hour),
            SampledTo = Moment(hour),
            Value = new MeasuredValue(mantissa, -3),
            Unit = "mg/L",
            Flag = flag,
            DetectionLimit = mantissa % 2 == 0 ? new MeasuredValue(2_000, -3) : null,
            Order = order,
        };

    private static readonly Gen<(AssessmentCase Case, Observation[] Observations)> Any =
        Gen.Select(Gen.OneOfConst(Agreements), AnyObservation.Array[0, 250]);

    [Fact]
    public void Assess_ShuffledSources_GivesTheSameBytes() =>
        Gen.Select(Any, Gen.Int).Sample((any, seed) =>
        {
            var shuffled = any.Observations.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Bytes(any.Case, any.Observations).SequenceEqual(Bytes(any.Case, shuffled));
        }, iter: 300);

    [Fact]
    public void Assess_AnySources_CountsEveryStandingObservationExactlyOnce() =>
        Any.Sample(any =>
        {
            var standing = any.Observations.GroupBy(o => (o.SampledTo, o.Series, o.Parameter, o.Instrument)).Count();
            return Outcomes(any).All(o => Used(o).Count + Excluded(o).Count == standing);
        }, iter: 500);

    [Fact]
    public void Assess_AnySources_GivesOneValuePerParameterAndMomentOfOneSourceAlone() =>
        Any.Sample(any => Outcomes(any).All(o => Values(o).GroupBy(v => (v.Time, v.Parameter)).All(g => g.Count() == 1)), iter: 500);

    [Fact]
    public void Assess_HalfMissing_NeverCountsWithoutADetermination() =>
        Any.Sample(any => Outcomes(any).All(o => Samples(o).All(s =>
            s.GetProperty("within").ValueKind != JsonValueKind.Null
            || s.TryGetProperty("determination", out _)
            || (s.GetProperty("value").ValueKind == JsonValueKind.Null && !Values(o).Any(v => IsOf(v, s))))),
            iter: 500);

    private static bool IsOf((string Time, string Series, string Parameter) value, JsonElement sample) =>
        value.Time == sample.GetProperty("time").GetString() && value.Parameter == sample.GetProperty("parameter").GetString()
        && (value.Series == "joint" || value.Series.StartsWith("lab-", StringComparison.Ordinal));

    private static Instant Moment(int step) => new(1_596_240_000_000 + (step * 16 * 3_600_000L));

    private static List<JsonElement> Outcomes((AssessmentCase Case, Observation[] Observations) any) =>
        [.. Assess(any.Case, any.Observations).Select(o => JsonDocument.Parse(o.ToBytes()).RootElement)];

    /// <summary>The observations that entered a value: each as it is, a joint mean as its two halves.</summary>
    private static List<string> Used(JsonElement outcome) =>
        [.. Values(outcome).SelectMany(v => v.Series == "joint" ? ["first", "second"] : new[] { v.Series })];

    private static List<(string Time, string Series, string Parameter)> Values(JsonElement outcome) =>
        [.. outcome.GetProperty("trace").GetProperty("readings").GetProperty("records").EnumerateArray().SelectMany(r => Members(r, "values"))];

    private static List<(string Time, string Series, string Parameter)> Excluded(JsonElement outcome) =>
        [.. outcome.GetProperty("trace").GetProperty("excluded").GetProperty("records").EnumerateArray().SelectMany(r => Members(r, "parameters"))];

    private static IEnumerable<(string Time, string Series, string Parameter)> Members(JsonElement record, string member) =>
        record.GetProperty(member).EnumerateObject().Select(m => (record.GetProperty("time").GetString()!, record.GetProperty("series").GetString()!, m.Name));

    private static List<JsonElement> Samples(JsonElement outcome) =>
        outcome.GetProperty("trace").TryGetProperty("jointSamples", out var samples) ? [.. samples.EnumerateArray()] : [];

    private static IReadOnlyList<Outcome> Assess(AssessmentCase read, Observation[] observations) =>
        Assessment.Assess(read.Agreement, read.Input with { Observations = observations });

    private static byte[] Bytes(AssessmentCase read, Observation[] observations) =>
        CanonicalJson.Write(JsonList.Of(Assess(read, observations), o => o.Json));
}
