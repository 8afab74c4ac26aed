namespace Sensor.Compliance.Arithmetic;

/// <summary>
/// A running exact sum: one 64-bit whole number for each number of decimals, so that adding a measured value is adding two whole numbers.
/// What does not fit there (more decimals, larger mantissas, a full counter) is added as an <see cref="ExactDecimal"/>; the total is the same.
/// </summary>
/// <param name="counters">Room for the whole numbers, all 0, one for each number of decimals from 0 on.</param>
internal ref struct ExactSum(Span<long> counters)
{
    /// <summary>The counters that serve every measured value, whose decimals are at most 12.</summary>
    public const int Counters = 13;

    private readonly Span<long> _counters = counters;
    private ExactDecimal _rest;

    /// <summary>Adds a number.</summary>
    public void Add(in ExactDecimal value)
    {
        if ((uint)value.Scale >= (uint)_counters.Length || !value.TryGetInt64(out var mantissa))
        {
            _rest += value;
            return;
        }

        ref var counter = ref _counters[value.Scale];
        var sum = unchecked(counter + mantissa);
        if (((counter ^ sum) & (mantissa ^ sum)) < 0)
        {
            _rest += new ExactDecimal(counter, value.Scale);
            sum = mantissa;
        }

        counter = sum;
    }

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<ExactDecimal> values)
    {
        foreach (ref readonly var value in values)
        {
            Add(value);
        }
    }

    /// <summary>The exact sum of everything added.</summary>
    public readonly ExactDecimal Total()
    {
        var total = _rest;
        for (var scale = 0; scale < _counters.Length; scale++)
        {
            if (_counters[scale] != 0)
            {
                total += new ExactDecimal(_counters[scale], scale);
            }
        }

        return total;
    }
}
