using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes how the values of a window were dated, and of which it is not known well enough when; nothing where the agreement does not ask.</summary>
internal static class TimeTrace
{
    /// <summary>The demands of the agreement.</summary>
    public static JsonObject? Settings(Agreement agreement) => agreement.Data.Time is not { } time ? null : new JsonObject
    {
        { "clockDriftPpm", time.ClockDriftPpm.Value },
        { "leastErrorMilliseconds", time.LeastErrorMilliseconds.Value },
        { "widestSeconds", time.WidestSeconds.Value },
        { "atWindowEdge", time.AtWindowEdgeWord },
    };

    /// <summary>What came out.</summary>
    public static JsonObject? Of(WindowEvidence evidence) => evidence.Selection.Time is not { } verdict ? null : new JsonObject
    {
        { "methods", JsonList.Of(verdict.Methods, m => new JsonObject
            {
                { "method", m.Method?.Word() ?? TimeMethods.Stated },
                { "values", m.Values },
                { "excluded", m.Excluded },
                { "widestErrorMilliseconds", Whole(m.WidestErrorMilliseconds) },
            })
        },
        { "findings", JsonList.Of(verdict.Readings, r => Finding(evidence.Window, r)) },
    };

    private static JsonObject Finding(Window window, UntimedReading reading) => new()
    {
        { "time", window.Offset.Format(reading.Observation.SampledTo) },
        { "series", reading.Observation.Series },
        { "instrument", reading.Observation.Instrument },
        { "parameter", reading.Observation.Parameter },
        { "value", reading.Observation.Value?.ToString() },
        { "method", reading.Observation.Time!.Method.Word() },
        { "earliest", reading.Observation.Time.Earliest is { } earliest ? window.Offset.Format(earliest) : null },
        { "latest", reading.Observation.Time.Latest is { } latest ? window.Offset.Format(latest) : null },
        { "errorMilliseconds", Whole(reading.Observation.Time.ErrorMilliseconds) },
        { "reason", reading.Reason.Code() },
        { "confirmedBy", reading.ConfirmedBy },
    };

    private static JsonWhole? Whole(long? number) => number is { } whole ? new JsonWhole(whole) : null;
}
