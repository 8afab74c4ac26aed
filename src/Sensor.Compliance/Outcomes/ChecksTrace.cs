using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes when instruments were not known to be right in a window, and what they measured then; nothing where the agreement does not ask.</summary>
internal static class ChecksTrace
{
    /// <summary>The setting of the agreement.</summary>
    public static JsonObject? Settings(Agreement agreement) =>
        agreement.Data.Checks is { } checks ? new JsonObject { { "exclude", checks.Exclude.Value } } : null;

    /// <summary>The spans of the window.</summary>
    public static JsonItem? Of(WindowEvidence evidence) =>
        evidence.Selection.Checks is { } verdict ? JsonList.Of(verdict.Spans, span => Span(evidence.Window, verdict, span)) : null;

    private static JsonObject Span(Window window, CheckVerdict verdict, InvalidSpan span)
    {
        var readings = verdict.Readings.Where(r => r.Span == span).ToList();
        return new JsonObject
        {
            { "series", span.Failed.Series },
            { "instrument", span.Failed.Instrument },
            { "parameter", span.Failed.Parameter },
            { "kind", span.Failed.Kind },
            { "failedAt", window.Offset.Format(span.Failed.At) },
            { "lastGoodAt", At(window, span.LastGood) },
            { "nextGoodAt", At(window, span.NextGood) },
            { "excluded", readings.Count(r => r.ConfirmedBy is null) },
            { "confirmedBy", JsonList.Of(readings.Select(r => r.ConfirmedBy).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), id => id) },
        };
    }

    private static string? At(Window window, InstrumentCheck? check) => check is null ? null : window.Offset.Format(check.At);
}
