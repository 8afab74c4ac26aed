using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Quality;

/// <summary>
/// The points a quality test judges, as parallel lists of one length; a list that is null was not given, an element that is null is missing.
/// </summary>
/// <remarks>It does not know units: values and thresholds must share one. Immutable and thread-safe as long as the lists are.</remarks>
public sealed record QualityInput
{
    /// <summary>The values under test.</summary>
    public IReadOnlyList<ExactDecimal?>? Values { get; init; }

    /// <summary>When the water was taken. Where times are given they define the order, not the position in the list.</summary>
    public IReadOnlyList<Instant?>? Times { get; init; }

    /// <summary>Depths in metres, positive downwards.</summary>
    public IReadOnlyList<ExactDecimal?>? Depths { get; init; }

    /// <summary>Degrees east, −180 to 180.</summary>
    public IReadOnlyList<ExactDecimal?>? Longitudes { get; init; }

    /// <summary>Degrees north, −90 to 90.</summary>
    public IReadOnlyList<ExactDecimal?>? Latitudes { get; init; }

    /// <summary>Raw lines of an instrument.</summary>
    public IReadOnlyList<string?>? Lines { get; init; }

    /// <summary>The second variable.</summary>
    public IReadOnlyList<ExactDecimal?>? Partner { get; init; }

    /// <summary>All parameters of a logger: one list for each, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ExactDecimal?>>? Vectors { get; init; }

    /// <summary>The number of points.</summary>
    public int Count => Lengths.FirstOrDefault();

    /// <summary>Which lists are given.</summary>
    public QualityInputs Given =>
        (Values is null ? 0 : QualityInputs.Values) | (Times is null ? 0 : QualityInputs.Times) | (Depths is null ? 0 : QualityInputs.Depths)
        | (Longitudes is null || Latitudes is null ? 0 : QualityInputs.Positions) | (Lines is null ? 0 : QualityInputs.Lines)
        | (Partner is null ? 0 : QualityInputs.Partner) | (Vectors is null ? 0 : QualityInputs.Vectors);

    /// <summary>The lengths of the given lists.</summary>
    internal IEnumerable<int> Lengths => new[] { Values?.Count, Depths?.Count, Longitudes?.Count, Latitudes?.Count, Lines?.Count, Partner?.Count }
        .Concat(Vectors?.Values.Select(v => (int?)v.Count) ?? [])
        .Append(Times?.Count)
        .OfType<int>();

    /// <summary>Every point that has its place, in the order of time; in that of the list where no times are given.</summary>
    internal IReadOnlyList<SeriesPoint> InOrder()
    {
        var points = Enumerable.Range(0, Count).Select(i => new SeriesPoint(i, Times?[i], Values?[i], Partner?[i], Depths?[i]));

        // Two values of one time have no order of their own; sorting them by amount keeps the order of the input out of the result.
        return Times is null
            ? [.. points]
            : [.. points.Where(p => p.Time is not null).OrderBy(p => p.Time).ThenBy(p => p.Value, AmountOrder).ThenBy(p => p.Partner, AmountOrder).ThenBy(p => p.Depth, AmountOrder)];
    }

    private static readonly IComparer<ExactDecimal?> AmountOrder = Comparer<ExactDecimal?>.Create(Nullable.Compare);
}

/// <summary>One point of a series.</summary>
/// <param name="Index">Its place in the input.</param>
/// <param name="Time">When, or null where the input has no times.</param>
/// <param name="Value">The value, or null when missing.</param>
/// <param name="Partner">The second variable, or null when missing or not given.</param>
/// <param name="Depth">The depth, or null when missing or not given.</param>
internal readonly record struct SeriesPoint(int Index, Instant? Time, ExactDecimal? Value, ExactDecimal? Partner, ExactDecimal? Depth)
{
    /// <summary>The value, when the result is true.</summary>
    public bool Has(out ExactDecimal value)
    {
        value = Value.GetValueOrDefault();
        return Value is not null;
    }

    /// <summary>Milliseconds since an earlier point; 0 where there are no times.</summary>
    public long Since(SeriesPoint earlier) => Time is { } now && earlier.Time is { } then ? now.UnixMilliseconds - then.UnixMilliseconds : 0;
}
