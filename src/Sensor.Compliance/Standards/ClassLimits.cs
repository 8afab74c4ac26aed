using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>The limits of one parameter for the classes I to V. Immutable and thread-safe.</summary>
/// <remarks>Where several classes share a limit, a value that meets it has the best of them.</remarks>
public sealed class ClassLimits
{
    private readonly ExactDecimal[] _limits;
    private readonly ExactDecimal? _least;
    private readonly bool _isMinimum;

    private ClassLimits(string parameter, WaterBody? onlyFor, ExactDecimal[] limits, bool isMinimum, ExactDecimal? least)
    {
        (Parameter, OnlyFor, _limits, _isMinimum, _least) = (parameter, onlyFor, limits, isMinimum, least);
    }

    /// <summary>National factor code.</summary>
    public string Parameter { get; }

    /// <summary>The kind of water that the limits hold for, or null for every kind.</summary>
    public WaterBody? OnlyFor { get; }

    /// <summary>Whether a greater value is better, as for dissolved oxygen.</summary>
    public bool IsMinimum => _isMinimum;

    /// <summary>The limit of a class I to V; of a range, as for pH, its upper end.</summary>
    public ExactDecimal Limit(WaterClass waterClass) => _limits[(int)waterClass - 1];

    /// <summary>The class of a value.</summary>
    public WaterClass ClassOf(ExactDecimal value)
    {
        if (value < _least)
        {
            return WaterClass.WorseThanV;
        }

        for (var index = 0; index < _limits.Length; index++)
        {
            var comparison = value.CompareTo(_limits[index]);
            if (_isMinimum ? comparison >= 0 : comparison <= 0)
            {
                return (WaterClass)(index + 1);
            }
        }

        return WaterClass.WorseThanV;
    }

    internal static ClassLimits AtMost(string parameter, params ReadOnlySpan<string> limits) =>
        new(parameter, null, Five(limits), false, null);

    internal static ClassLimits AtLeast(string parameter, params ReadOnlySpan<string> limits) =>
        new(parameter, null, Five(limits), true, null);

    internal static ClassLimits Between(string parameter, string least, string most) =>
        new(parameter, null, Five([most, most, most, most, most]), false, ExactDecimal.Parse(least));

    internal ClassLimits For(WaterBody waterBody) => new(Parameter, waterBody, _limits, _isMinimum, _least);

    private static ExactDecimal[] Five(ReadOnlySpan<string> limits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limits.Length, 5);
        var five = new ExactDecimal[5];
        for (var i = 0; i < five.Length; i++)
        {
            five[i] = ExactDecimal.Parse(limits[i]);
        }

        return five;
    }
}
