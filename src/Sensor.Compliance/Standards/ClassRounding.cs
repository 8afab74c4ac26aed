using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>Whether values are rounded before they are classified.</summary>
public enum ClassRounding
{
    /// <summary>Values are classified as measured, as the national publication does.</summary>
    None = 0,

    /// <summary>
    /// Values are first rounded by GB/T 8170 to the assessment decimals of their parameter (<see cref="Parameter.AssessmentDecimals"/>),
    /// small values keeping one digit. Source: 环办监测函〔2020〕82号.
    /// </summary>
    Assessment = 1,
}
