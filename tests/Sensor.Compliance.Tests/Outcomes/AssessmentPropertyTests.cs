using CsCheck;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class AssessmentPropertyTests
{
    private static readonly AssessmentCase Year = AssessmentCase.Read("too-few-months");
    private static readonly AssessmentCase Month = AssessmentCase.Read("synthetic-round-3-bonus");
    private static readonly string[] Flags = ["N", "N", "N", "N", "M", "L", "T", "Z", "Q"];

    private static readonly Gen<Observation> AnyObservation =
        from parameter in Gen.OneOfConst("w01019", "w21003", "w21011", "w21001", "w01010")
        from hour in Gen.Int[0, (366 * 24) - 1]
        from mantissa in Gen.Long[0, 99_999]
        from flag in Gen.OneOfConst(Flags)
        from series in Gen.OneOfConst("", "A", "B")
        from missing in Gen.Int[0, 9]
        from order in Gen.Long[0, 3]
        select new Observation
        {
            Section = "河口",
            Series = series,
            Parameter = parameter,
            SampledFrom = Hour(hour),
            SampledTo = Hour(hour),
            Value = missing == 0 ? null : new MeasuredValue(mantissa, -3),
            Missing = missing == 0 ? MissingReason.NotReported : null,
            Unit = "mg/L",
            Flag = flag,
            DetectionLimit = mantissa % 2 == 0 ? new MeasuredValue(25, -3) : null,
            Order = order,
        };

    [Fact]
    public void Assess_ShuffledObservations_GivesTheSameBytes() =>
        Gen.Select(AnyObservation.Array[0, 200], Gen.Int).Sample((observations, seed) =>
        {
            var shuffled = observations.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Bytes(Year, observations).SequenceEqual(Bytes(Year, shuffled));
        }, iter: 200);

    [Fact]
    public void Assess_AnyObservations_PassesOnlyWithAUsableValueOfEveryDecidingParameter() =>
        AnyObservation.Array[0, 60].Sample(observations => Assess(Month, observations).All(o =>
            o.Result != OutcomeResult.Pass || o.Agreement.Rule.Parameters.All(p => observations.Any(x =>
                x.Parameter == p && x.Flag is "N" or "L" && o.Agreement.Windows.WindowOf(o.Agreement.Offset.DayOf(x.SampledTo), o.Agreement.Offset) == o.Window))),
            iter: 500);

    [Fact]
    public void Assess_AWorseValue_NeverImprovesTheIndex() =>
        Gen.Select(AnyObservation.Array[1, 60], Gen.Int[0, 59], Gen.Long[1, 99_999]).Sample((observations, at, more) =>
        {
            var normal = observations.Select((o, i) => o with { Flag = "N", Series = "A", Order = i }).DistinctBy(o => (o.Parameter, o.SampledTo)).ToArray();
            var worse = normal.ToArray();
            var chosen = worse[at % worse.Length];
            worse[at % worse.Length] = chosen with { Value = chosen.Value is { } v ? new MeasuredValue(v.Mantissa + more, v.Exponent) : null };
            return Assess(Month, normal).Zip(Assess(Month, worse)).All(pair =>
                pair.First.Index is not { } before || (pair.Second.Index >= before && (pair.First.Result != OutcomeResult.Fail || pair.Second.Result == OutcomeResult.Fail)));
        }, iter: 500);

    private static Instant Hour(int hour) => new(1_577_808_000_000 + (hour * 3_600_000L));

    private static IReadOnlyList<Outcome> Assess(AssessmentCase read, Observation[] observations) =>
        Assessment.Assess(read.Agreement, read.Input with { Observations = observations });

    private static byte[] Bytes(AssessmentCase read, Observation[] observations) =>
        CanonicalJson.Write(JsonList.Of(Assess(read, observations), o => o.Json));
}
