using Sensor.Compliance.Agreements;
using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>A span in which one source supplies all the values of a parameter.</summary>
/// <param name="Kind">Its length; null where a determination drew it.</param>
/// <param name="From">Its first moment.</param>
/// <param name="To">The first moment after; the moment itself where the span is a moment.</param>
internal readonly record struct SourceSpan(SubstitutionSpan? Kind, Instant From, Instant To)
{
    /// <summary>The span that holds a reading of a window.</summary>
    public static SourceSpan Of(SubstitutionSpan kind, UsableReading reading, Window window)
    {
        var period = window.Periods().First(p => p.Holds(reading.Day));
        return kind switch
        {
            SubstitutionSpan.Moment => new(kind, reading.Observation.SampledTo, reading.Observation.SampledTo),
            SubstitutionSpan.Day => new(kind, window.Offset.StartOf(reading.Day), window.Offset.StartOf(reading.Day.AddDays(1))),
            SubstitutionSpan.Month => new(kind, window.Offset.StartOf(period.From), window.Offset.StartOf(period.To)),
            _ => new(kind, window.Start, window.End),
        };
    }

    /// <summary>The part of a window that a determination covers.</summary>
    public static SourceSpan Of(Determination determination, Window window) => new(
        null, determination.From < window.Start ? window.Start : determination.From, determination.To > window.End ? window.End : determination.To);

    /// <summary>Its name for people.</summary>
    public string Label(Window window) => Kind switch
    {
        SubstitutionSpan.Moment => window.Offset.Format(From),
        SubstitutionSpan.Day => window.Offset.DayOf(From).Iso(),
        SubstitutionSpan.Month => PeriodOf(window).Label,
        SubstitutionSpan.Window => window.Label,
        _ => $"{window.Offset.Format(From)}..{window.Offset.Format(To)}",
    };

    private Period PeriodOf(Window window)
    {
        var day = window.Offset.DayOf(From);
        return window.Periods().First(p => p.Holds(day));
    }
}
