using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>A change per second, compared without dividing. The default value is 0.</summary>
/// <remarks>
/// Most rates, such as 10 in 15 minutes, have no finite number of decimals per second, and a threshold that a program printed is off
/// in its 16th digit. A change therefore exceeds a threshold only when it does by more than one part in 10^15.
/// </remarks>
/// <param name="PerSecond">Units of the value per second, 0 or more.</param>
public readonly record struct Rate(ExactDecimal PerSecond)
{
    private static readonly ExactDecimal Guard = ExactDecimal.One + new ExactDecimal(1, 15);

    /// <summary>Whether a change within so many milliseconds is faster; any change at the same moment is.</summary>
    public bool IsExceededBy(ExactDecimal change, long milliseconds) =>
        change.Abs() * ExactDecimal.From(1000) > PerSecond * ExactDecimal.From(milliseconds) * Guard;

    /// <summary>The digits per second.</summary>
    public override string ToString() => PerSecond.ToString();

    internal static Rate Read(StrictObject json, string member) => new(QualityReader.Threshold(json, member));

    internal static Rate? ReadOptional(StrictObject json, string member) => QualityReader.OptionalThreshold(json, member) is { } rate ? new Rate(rate) : null;
}
