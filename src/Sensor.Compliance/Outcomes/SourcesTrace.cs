using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes the sources of an agreement, what stood in for what, and every joint sample. Each is null where the agreement has none.</summary>
internal static class SourcesTrace
{
    public static JsonList? Sources(Agreement agreement) => agreement.Data.Sources is { } sources ? JsonList.Of(sources.Sources, s => s.ToJson()) : null;

    public static JsonItem? Substitute(Agreement agreement) =>
        agreement.Data.Sources is { } sources ? new JsonText(SourcePrecedence.SpanWords[(int)sources.Span]) : null;

    public static JsonList? Substitutions(WindowEvidence evidence) => evidence.Agreement.Data.Sources is not null
        ? JsonList.Of(evidence.Selection.Substitutions, s => SubstitutionMembers(evidence, s))
        : null;

    public static JsonList? JointSamples(WindowEvidence evidence) => evidence.Agreement.Data.Sources?.Sources.Any(s => s.Joint is not null) == true
        ? JsonList.Of(evidence.Selection.Samples, s => SampleMembers(evidence, s))
        : null;

    private static JsonObject SubstitutionMembers(WindowEvidence evidence, Substitution s)
    {
        var unit = UnitOf(s.Span.Kind);
        var words = SubstitutionWords.Of(s, evidence.Window, unit);
        return new JsonObject
        {
            { "parameter", s.Parameter.Code },
            { "from", evidence.Window.Offset.Format(s.Span.From) },
            { "to", evidence.Window.Offset.Format(s.Span.To) },
            { "source", s.Source.Id },
            { "insteadOf", JsonList.Of(s.InsteadOf, r => new JsonObject { { "source", r.Source.Id }, { "had", r.Had }, { "needed", r.Needed } }) },
            { "unit", unit },
            { "en", words.En },
            { "zh", words.Zh },
        }.With("determination", s.DeterminationId is { } id ? new JsonText(id) : null);
    }

    private static string UnitOf(SubstitutionSpan? span) => span switch { SubstitutionSpan.Month => "days", SubstitutionSpan.Window => "months", _ => "values" };

    private static JsonObject SampleMembers(WindowEvidence evidence, ResolvedSample resolved)
    {
        var sample = resolved.Sample;
        var joint = sample.Source.Joint!;
        return new JsonObject
        {
            { "time", evidence.Window.Offset.Format(sample.Moment) },
            { "source", sample.Source.Id },
            { "parameter", sample.Parameter.Code },
            { "halves", new JsonList([Result(joint.Halves[0], sample.First), Result(joint.Halves[1], sample.Second)]) },
            { "reserve", joint.Reserve is { } reserve ? Result(reserve, sample.Reserve) : null },
            { "difference", sample.Difference?.ToString() },
            { "differencePercent", sample.DifferencePercent?.ToString() },
            { "tolerance", sample.Tolerance.ToJson() },
            { "within", sample.Within is { } within ? new JsonTruth(within) : null },
            { "used", Used(resolved) },
            { "value", resolved.Value?.Amount.ToString() },
        }.With("determination", resolved.DeterminationId is { } id ? new JsonText(id) : null);
    }

    private static string? Used(ResolvedSample resolved) => resolved.Value is not { } value
        ? null
        : value.Observation.Series == resolved.Sample.Source.Id ? JointSampling.Mean : value.Observation.Series;

    private static JsonObject Result(string laboratory, UsableReading? reading) => new JsonObject
    {
        { "series", laboratory },
        { "value", reading?.Observation.Value?.ToString() },
        { "amount", reading?.Amount.ToString() },
    }.With("belowDetection", reading is { Censored: true } ? new JsonText(reading.Observation.DetectionLimit!.Value.ToString()) : null);
}
