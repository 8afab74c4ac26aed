using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class AssessmentTests
{
    private static readonly AssessmentCase Synthetic = AssessmentCase.Read("synthetic-round-3-bonus");

    [Theory]
    [InlineData("2020-08-31T23:59:59.999+08:00", OutcomeState.Open)]
    [InlineData("2020-09-01T00:00:00+08:00", OutcomeState.Provisional)]
    [InlineData("2020-09-10T23:59:59.999+08:00", OutcomeState.Provisional)]
    [InlineData("2020-09-11T00:00:00+08:00", OutcomeState.Final)]
    public void Assess_AsOf_TellsTheState(string asOf, OutcomeState state)
    {
        var outcome = Assert.Single(Assess(Synthetic, asOf));

        Assert.Equal(state, outcome.State);
        Assert.Equal(state == OutcomeState.Open, outcome.Json["standing"] == (JsonItem)true);
    }

    [Fact]
    public void Assess_AsOf_LeavesOutLaterSamples()
    {
        Assert.Single(Assess(Synthetic, "2020-08-10T08:00:00+08:00"));
        Assert.Empty(Assess(Synthetic, "2020-08-10T07:59:59.999+08:00"));
    }

    [Fact]
    public void Assess_NoObservations_HasNoOutcome() =>
        Assert.Empty(Assessment.Assess(Synthetic.Agreement, new AssessmentInput { Observations = [] }));

    [Fact]
    public void Assess_OtherSectionOrOutsideThePeriod_HasNoOutcome()
    {
        var observations = Synthetic.Input.Observations.Select(o => o with { Section = "elsewhere" })
            .Concat(Synthetic.Input.Observations.Select(o => o with { SampledTo = At("2019-12-31T23:59:59.999+08:00") }))
            .Concat(Synthetic.Input.Observations.Select(o => o with { SampledTo = At("2021-01-01T00:00:00+08:00") }))
            .Concat(Synthetic.Input.Observations.Select(o => o with { SampledTo = At("9999-12-31T23:59:59Z") }));

        Assert.Empty(Assessment.Assess(Synthetic.Agreement, Synthetic.Input with { Observations = [.. observations] }));
    }

    [Fact]
    public void Assess_TwoSeriesAtOneMoment_CountsThePreferredOnly()
    {
        var observations = Synthetic.Input.Observations.Select(o => o with { Series = "B", Trust = Trust.Device })
            .Concat(Synthetic.Input.Observations.Select(o => o with { Series = "A", Value = MeasuredValue.Parse("9") }));

        var outcome = Assert.Single(Assessment.Assess(Synthetic.Agreement, Synthetic.Input with { Observations = [.. observations] }));

        Assert.Equal("0.8307", outcome.Index.ToString());
        Assert.Contains("other-series-preferred", System.Text.Encoding.UTF8.GetString(outcome.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Assess_SameInputAgain_GivesTheFrozenBytes()
    {
        // Frozen: a change here means that the semantics version must change.
        Assert.Equal(
            "64599bd9927ee852348bb014d4ceee54b2e27c0155f2e083d78f249f95267284",
            Assert.Single(Synthetic.Assess()).Digest.ToString());
    }

    private static IReadOnlyList<Outcome> Assess(AssessmentCase read, string asOf) =>
        Assessment.Assess(read.Agreement, read.Input with { AsOf = At(asOf) });

    private static Instant At(string text) => Instant.TryParse(text, out var moment) ? moment : throw new ArgumentException(text);
}
