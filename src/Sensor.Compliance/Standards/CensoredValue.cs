using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// A value that was measured, or one of which only is known that it lies below its detection limit ("DL L").
/// In statistics the latter counts as half the limit. Source: HJ 91.2-2022, HJ/T 91-2002 and 环办监测函〔2020〕82号.
/// </summary>
/// <remarks>The default value is a measured 0. Immutable and thread-safe.</remarks>
public readonly record struct CensoredValue
{
    private CensoredValue(ExactDecimal amount, bool isBelowDetection) => (Amount, IsBelowDetection) = (amount, isBelowDetection);

    /// <summary>The measured value, or the detection limit.</summary>
    public ExactDecimal Amount { get; }

    /// <summary>Whether it lies below detection.</summary>
    public bool IsBelowDetection { get; }

    /// <summary>A measured value.</summary>
    public static CensoredValue Measured(ExactDecimal value) => new(value, false);

    /// <summary>A value below a detection limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is 0 or negative.</exception>
    public static CensoredValue Below(ExactDecimal detectionLimit) => detectionLimit.Sign > 0
        ? new CensoredValue(detectionLimit, true)
        : throw new ArgumentOutOfRangeException(nameof(detectionLimit), detectionLimit, "A detection limit is above 0.");

    /// <summary>What enters a mean: the value, or half the detection limit.</summary>
    public ExactDecimal InStatistics => IsBelowDetection ? Amount * new ExactDecimal(5, 1) : Amount;

    /// <summary>What the value can be: from 0 to the detection limit where it lies below detection.</summary>
    public ValueBounds Bounds => new(IsBelowDetection ? ExactDecimal.Zero : Amount, Amount);

    /// <summary>What the arithmetic mean of some values can be, given what each of them can be.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static ValueBounds BoundsOfMean(IReadOnlyCollection<CensoredValue> values) => new(Mean(values, v => v.Bounds.Least), Mean(values, v => v.Bounds.Most));

    /// <summary>The arithmetic mean with half the detection limit where it was not passed.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static ExactDecimal MeanOf(IReadOnlyCollection<CensoredValue> values) => Mean(values, v => v.InStatistics);

    private static ExactDecimal Mean(IReadOnlyCollection<CensoredValue> values, Func<CensoredValue, ExactDecimal> amount) => values.Count == 0
        ? throw new ArgumentException("A mean needs at least one value.", nameof(values))
        : ExactDecimal.Quotient(ExactDecimal.Sum(values.Select(amount)), ExactDecimal.From(values.Count));
}
