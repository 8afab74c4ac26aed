namespace Sensor.Compliance.Standards;

/// <summary>
/// The indicators that come first among main pollutants when they exceed the limit of class III: cyanide, and heavy metals
/// such as lead and chromium. Source: 环办〔2011〕22号, 断面主要污染指标的确定.
/// </summary>
/// <remarks>
/// The document gives lead and chromium as examples and no list, so the set is a setting without a default; these are profiles for it.
/// </remarks>
public static class PriorityIndicators
{
    /// <summary>Only those that the document names: cyanide, lead, hexavalent chromium.</summary>
    public static IReadOnlyList<string> Named { get; } = ["w21016", "w20120", "w20117"];

    /// <summary>
    /// Cyanide and the five that China's heavy-metal programmes control first: lead, mercury, cadmium, chromium, arsenic.
    /// That this set is meant is our reading.
    /// </summary>
    public static IReadOnlyList<string> ControlledFirst { get; } = ["w21016", "w20120", "w20111", "w20115", "w20117", "w20141"];

    /// <summary>Cyanide and every metal of table 1, copper and zinc included. That this set is meant is our reading.</summary>
    public static IReadOnlyList<string> EveryMetal { get; } = [.. ControlledFirst, "w20122", "w20123"];
}
