namespace Sensor.Compliance.Agreements;

/// <summary>Which flagged readings may decide.</summary>
public enum FlagProfile
{
    /// <summary>
    /// <c>national-surface-water</c>: N counts, L counts as a censored value, everything else is excluded. T (above the range) is
    /// excluded too: its number is only a lower bound. The margin shows what it would change.
    /// </summary>
    NationalSurfaceWater,

    /// <summary><c>normal-only</c>: only N counts.</summary>
    NormalOnly,
}

/// <summary>What a reading below the detection limit counts for.</summary>
public enum BelowDetection
{
    /// <summary><c>half-of-limit</c>: half of the detection limit where that is known; excluded where not.</summary>
    HalfOfLimit,

    /// <summary><c>exclude</c>: it is excluded.</summary>
    Exclude,
}
