namespace Sensor.Compliance.Standards;

/// <summary>
/// Which limits of total phosphorus and nitrogen a section has. It is a setting of the section, never derived from its name.
/// Source: GB 3838-2002, table 1, items 8 and 9.
/// </summary>
public enum WaterBody
{
    /// <summary>A river.</summary>
    River = 0,

    /// <summary>A lake or reservoir.</summary>
    Lake = 1,
}
