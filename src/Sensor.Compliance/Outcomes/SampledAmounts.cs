using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>The amounts of one parameter that count, in the order of time, in the agreed unit.</summary>
/// <remarks>The memory stays the caller's: it must not change while it is read.</remarks>
public sealed record SampledAmounts
{
    /// <summary>Joins moments and amounts.</summary>
    /// <param name="moments">When the water of each amount had been taken, in order.</param>
    /// <param name="amounts">The amounts; pH from 0 to 14.</param>
    /// <exception cref="ArgumentException">There are not as many moments as amounts.</exception>
    public SampledAmounts(ArraySegment<Instant> moments, ArraySegment<ExactDecimal> amounts)
    {
        if (moments.Count != amounts.Count)
        {
            throw new ArgumentException($"{moments.Count} moments cannot date {amounts.Count} amounts.", nameof(moments));
        }

        (Moments, Amounts) = (moments, amounts);
    }

    /// <summary>When the water of each amount had been taken, in order.</summary>
    public ArraySegment<Instant> Moments { get; }

    /// <summary>The amounts.</summary>
    public ArraySegment<ExactDecimal> Amounts { get; }
}
