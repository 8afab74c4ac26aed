using Sensor.Contracts;

namespace Sensor.Compliance.Agreements;

/// <summary>A span of whole local days that is decided together.</summary>
/// <param name="From">Its first local day.</param>
/// <param name="To">The local day after its last.</param>
/// <param name="Label">
/// Its name: <c>2020</c>, <c>2020-Q3</c>, <c>2020-08</c>, <c>2020-W32</c>, <c>2020-05..2021-04</c> for other whole months, or
/// <c>2020-07-01..2020-12-31</c> where an amendment cut it.
/// </param>
/// <param name="Offset">The offset in which its days are counted.</param>
public sealed record Window(DateOnly From, DateOnly To, string Label, UtcOffset Offset)
{
    /// <summary>Whether it is a week or a part of one: all its days are then one period of statistics, not parts of calendar months.</summary>
    public bool IsWeek { get; init; }

    /// <summary>The first moment inside.</summary>
    public Instant Start => Offset.StartOf(From);

    /// <summary>The first moment after.</summary>
    public Instant End => Offset.StartOf(To);

    /// <summary>Its periods of statistics, in order: the calendar months, cut at its edges; of a week the week itself.</summary>
    internal IEnumerable<Period> Periods() => IsWeek ? [new Period(From, To, Label, IsWeek)] : Period.Months(From, To);

    /// <summary>Its calendar months as windows, cut at its edges; a week is its own only one.</summary>
    internal IEnumerable<Window> Months() => Periods().Select(p => this with { From = p.From, To = p.To, Label = p.Label });

    /// <summary>The part of it between two local days, the second no longer inside; named by its days unless it is the whole.</summary>
    internal Window Cut(DateOnly from, DateOnly to) =>
        from == From && to == To ? this : this with { From = from, To = to, Label = Period.LabelOfDays(from, to) };
}
