using System.Globalization;
using Sensor.Compliance.Agreements;
using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>A span in which one source supplies all the values of a parameter.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="To">The first moment after; the moment itself where the span is a moment.</param>
/// <param name="Label">Its name for people.</param>
internal readonly record struct SourceSpan(Instant From, Instant To, string Label)
{
    /// <summary>The span that holds a reading of a window.</summary>
    public static SourceSpan Of(SubstitutionSpan kind, UsableReading reading, Window window)
    {
        var day = reading.Day;
        var month = new DateOnly(day.Year, day.Month, 1);
        var moment = reading.Observation.SampledTo;
        return kind switch
        {
            SubstitutionSpan.Moment => new(moment, moment, window.Offset.Format(moment)),
            SubstitutionSpan.Day => Days(window, day, day.AddDays(1), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            SubstitutionSpan.Month => Days(window, month, month.AddMonths(1), month.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
            _ => new(window.Start, window.End, window.Label),
        };
    }

    /// <summary>The part of a window that a determination covers.</summary>
    public static SourceSpan Of(Determination determination, Window window)
    {
        var from = determination.From < window.Start ? window.Start : determination.From;
        var to = determination.To > window.End ? window.End : determination.To;
        return new(from, to, $"{window.Offset.Format(from)}..{window.Offset.Format(to)}");
    }

    private static SourceSpan Days(Window window, DateOnly from, DateOnly to, string label) =>
        new(window.Offset.StartOf(from), window.Offset.StartOf(to), label);
}
