namespace Sensor.Compliance.Agreements;

/// <summary>What becomes of a reading of which it is not certain in which of two windows its water was taken.</summary>
public enum EdgeRule
{
    /// <summary>It counts in the window that holds the middle of its interval.</summary>
    Midpoint,

    /// <summary>It counts in no window, whatever is determined.</summary>
    Neither,

    /// <summary>It counts in the window that holds the middle of its interval once a determination confirms it, and in none before.</summary>
    Determination,
}
