namespace Sensor.Compliance.Statistics;

/// <summary>Who vouches for an observation; a smaller number is stronger.</summary>
public enum Trust
{
    /// <summary>Signed by an enrolled station.</summary>
    Device = 0,

    /// <summary>Imported and signed by an operator, raw bytes included.</summary>
    Attested = 1,

    /// <summary>Imported; nobody signed it.</summary>
    Imported = 2,
}
