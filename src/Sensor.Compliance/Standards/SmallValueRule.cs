namespace Sensor.Compliance.Standards;

/// <summary>What becomes of a value that is not 0 but rounds to 0.</summary>
public enum SmallValueRule
{
    /// <summary>It becomes 0, as GB/T 8170-2008 alone has it.</summary>
    BecomesZero = 0,

    /// <summary>
    /// It is rounded to one significant digit instead, so that a trace stays visible: 0.00025 to 3 decimals is 0.0002.
    /// Source: 环办监测函〔2020〕82号 and 总站水字〔2020〕90号; China's national network publishes so.
    /// </summary>
    KeepsOneDigit = 1,
}
