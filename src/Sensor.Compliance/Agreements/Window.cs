using Sensor.Contracts;

namespace Sensor.Compliance.Agreements;

/// <summary>A span of whole months in an agreement's offset.</summary>
/// <param name="From">Its first local day.</param>
/// <param name="To">The local day after its last.</param>
/// <param name="Label">Its name: <c>2020</c>, <c>2020-Q3</c>, <c>2020-08</c>, or <c>2020-05..2021-04</c> where it is not a calendar year or quarter.</param>
/// <param name="Offset">The offset in which its days are counted.</param>
public sealed record Window(DateOnly From, DateOnly To, string Label, UtcOffset Offset)
{
    /// <summary>The first moment inside.</summary>
    public Instant Start => Offset.StartOf(From);

    /// <summary>The first moment after.</summary>
    public Instant End => Offset.StartOf(To);

    /// <summary>The first days of its months, in order.</summary>
    internal IEnumerable<DateOnly> Months()
    {
        for (var month = From; month < To; month = month.AddMonths(1))
        {
            yield return month;
        }
    }
}
