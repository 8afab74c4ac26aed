using Sensor.Compliance.Agreements;
using Sensor.Compliance.Quality;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes which agreed quality tests looked at the window and what they found; nothing where the agreement has none.</summary>
internal static class QualityTrace
{
    /// <summary>The tests as settings of the agreement.</summary>
    public static JsonObject? Settings(Agreement agreement) => agreement.Data.Quality is not { } quality ? null : new JsonObject
    {
        { "exclude", quality.ExcludeWord },
        { "tests", JsonList.Of(quality.Tests, t => new JsonObject { { "name", t.Name }, { "test", t.Test.Name }, { "parameters", JsonList.Of(t.Parameters, p => p) } }) },
    };

    /// <summary>What they found.</summary>
    public static JsonObject? Of(WindowEvidence evidence) => evidence.Selection.Quality is not { } verdict ? null : new JsonObject
    {
        { "tests", JsonList.Of(verdict.Counts, c => new JsonObject
            {
                { "name", c.Test.Name },
                { "pass", c.Flags.GetValueOrDefault(QualityGrade.Pass) },
                { "notEvaluated", c.Flags.GetValueOrDefault(QualityGrade.NotEvaluated) },
                { "suspect", c.Flags.GetValueOrDefault(QualityGrade.Suspect) },
                { "fail", c.Flags.GetValueOrDefault(QualityGrade.Fail) },
                { "missing", c.Flags.GetValueOrDefault(QualityGrade.Missing) },
            })
        },
        { "findings", JsonList.Of(verdict.Findings, f => Finding(evidence, f)) },
    };

    private static JsonObject Finding(WindowEvidence evidence, QualityFinding finding) => new()
    {
        { "time", evidence.Window.Offset.Format(finding.Observation.SampledTo) },
        { "series", finding.Observation.Series },
        { "instrument", finding.Observation.Instrument },
        { "parameter", finding.Observation.Parameter },
        { "value", finding.Observation.Value?.ToString() },
        { "test", finding.Found.Test.Name },
        { "flag", (int)finding.Found.Result.Flag },
        { "en", finding.Found.Result.Explanation.En },
        { "zh", finding.Found.Result.Explanation.Zh },
        { "confirmedBy", finding.ConfirmedBy },
    };
}
