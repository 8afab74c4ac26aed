namespace Sensor.Compliance.Standards;

/// <summary>What a value is rounded for.</summary>
public enum ValueUse
{
    /// <summary>To stand as an hourly value of a station. Source: 总站水字〔2020〕90号.</summary>
    Hourly = 0,

    /// <summary>To be assessed. Source: 环办监测函〔2020〕82号.</summary>
    Assessment = 1,
}
