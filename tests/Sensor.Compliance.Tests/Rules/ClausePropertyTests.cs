using CsCheck;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Settlement;
using Sensor.Compliance.Statistics;
using Sensor.Compliance.Tests.Outcomes;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Rules;

/// <summary>Properties of agreements in clauses, on the sections of Hebei's January 2016, of which all must pay the province.</summary>
public sealed class ClausePropertyTests
{
    private static readonly AssessmentCase Hebei = AssessmentCase.Read("fixture-hebei-2016-01");
    private static readonly string[] Codes = ["w01018", "w21003", "w21011"];

    private static readonly Gen<Observation[]> AnyObservations = (
        from section in Gen.OneOfConst("P1", "P2", "C1")
        from parameter in Gen.OneOfConst(Codes)
        from hour in Gen.Int[0, (31 * 24) - 1]
        from mantissa in Gen.Long[1, 99_999]
        select Make(section, parameter, hour, mantissa)).Array[0, 80];

    [Fact]
    public void Assess_ShuffledObservations_GivesTheSameBytesAndTheSameClearing() =>
        Gen.Select(AnyObservations, Gen.Int).Sample((observations, seed) =>
        {
            var distinct = observations.DistinctBy(o => (o.Section, o.Parameter, o.SampledTo)).ToArray();
            var shuffled = distinct.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Bytes(Assess(distinct)).SequenceEqual(Bytes(Assess(shuffled)))
                && ClearingBytes(Assess(distinct)).SequenceEqual(ClearingBytes(Assess(shuffled)));
        }, iter: 100);

    [Fact]
    public void Assess_ALowerConcentration_NeverTurnsPassIntoFailNorCostsMore() =>
        Gen.Select(AnyObservations, Gen.Int[0, 79], Gen.Int[1, 99]).Where((observations, _, _) => observations.Length > 0).Sample((observations, at, percent) =>
        {
            var before = observations.DistinctBy(o => (o.Section, o.Parameter, o.SampledTo)).ToArray();
            var after = before.ToArray();
            var chosen = after[at % after.Length];
            after[at % after.Length] = chosen with { Value = new MeasuredValue(chosen.Value!.Value.Mantissa * percent / 100, chosen.Value.Value.Exponent) };
            return Assess(before).Zip(Assess(after)).All(pair =>
                (pair.First.Result != OutcomeResult.Pass || pair.Second.Result == OutcomeResult.Pass)
                && Total(pair.Second) <= Total(pair.First));
        }, iter: 300);

    [Fact]
    public void Clear_AnyObservations_AddsUpToNothingAndPaysWhatTheOutcomesSay() =>
        AnyObservations.Sample(observations =>
        {
            var outcomes = Assess(observations);
            var clearings = Clearing.Of(Hebei.History, outcomes, []);
            return clearings.All(c => ExactDecimal.Sum(c.Balances.Select(b => b.Amount)) == ExactDecimal.Zero)
                && ExactDecimal.Sum(clearings.SelectMany(c => c.Movements).Select(m => m.Amount)) == ExactDecimal.Sum(outcomes.Select(Total));
        }, iter: 200);

    private static Observation Make(string section, string parameter, int hour, long mantissa)
    {
        var at = new Instant(1_451_577_600_000 + (hour * 3_600_000L));
        return new Observation
        {
            Section = section, Parameter = parameter, SampledFrom = at, SampledTo = at, Value = new MeasuredValue(mantissa, -3), Unit = "mg/L", Flag = "N", Series = "A",
        };
    }

    private static IReadOnlyList<Outcome> Assess(Observation[] observations) => Assessment.Assess(Hebei.History, Hebei.Input with { Observations = observations });

    private static ExactDecimal Total(Outcome outcome) => ExactDecimal.Sum(outcome.Dues.Select(d => d.Amount));

    private static byte[] Bytes(IEnumerable<Outcome> outcomes) => CanonicalJson.Write(JsonList.Of(outcomes, o => o.Json));

    private static byte[] ClearingBytes(IReadOnlyList<Outcome> outcomes) => CanonicalJson.Write(JsonList.Of(Clearing.Of(Hebei.History, outcomes, []), c => c.ToJson()));
}
