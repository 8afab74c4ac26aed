namespace Sensor.Compliance.Standards;

/// <summary>A level of significance.</summary>
public enum SignificanceLevel
{
    /// <summary>0.05.</summary>
    FivePercent = 0,

    /// <summary>0.01.</summary>
    OnePercent = 1,
}
