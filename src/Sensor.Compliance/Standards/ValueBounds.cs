using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>The least and the most that an amount can be; equal where it is known.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public readonly record struct ValueBounds(ExactDecimal Least, ExactDecimal Most);
