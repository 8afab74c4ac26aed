using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>An index by which cities are ranked, or what is missing for it.</summary>
/// <param name="Index">The sum of the single indices; a smaller one is better; null where a value is missing.</param>
/// <param name="Missing">The indicators that take part and have no usable value, by ordinal order of code.</param>
public sealed record CityIndex(ExactDecimal? Index, IReadOnlyList<string> Missing);
