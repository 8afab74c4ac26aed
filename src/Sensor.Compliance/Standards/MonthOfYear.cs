using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>One month of a year.</summary>
/// <param name="Value">Its value; null where there is none.</param>
/// <param name="CouldNotBeSampled">Whether ice or the like kept it from being sampled, as somebody has recorded.</param>
public readonly record struct MonthOfYear(ExactDecimal? Value, bool CouldNotBeSampled = false);
