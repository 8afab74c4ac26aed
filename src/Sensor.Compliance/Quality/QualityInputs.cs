namespace Sensor.Compliance.Quality;

/// <summary>What a quality test can look at.</summary>
[Flags]
public enum QualityInputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The values under test.</summary>
    Values = 1,

    /// <summary>When the water was taken.</summary>
    Times = 2,

    /// <summary>Depths in metres, positive downwards.</summary>
    Depths = 4,

    /// <summary>Longitudes and latitudes in degrees.</summary>
    Positions = 8,

    /// <summary>Raw lines of an instrument.</summary>
    Lines = 16,

    /// <summary>A second variable at the same times: another parameter, or the same one at a neighbouring section.</summary>
    Partner = 32,

    /// <summary>All parameters of a logger at the same times.</summary>
    Vectors = 64,
}
