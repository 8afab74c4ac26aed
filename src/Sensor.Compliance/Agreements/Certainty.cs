namespace Sensor.Compliance.Agreements;

/// <summary>How certain it is that a stated number is the one that was signed; the first is the most certain.</summary>
public enum Certainty
{
    /// <summary><c>found</c>: stated in the source named.</summary>
    Found,

    /// <summary><c>found-and-computed</c>: found, recomputed, and both agree.</summary>
    FoundAndComputed,

    /// <summary><c>known-high</c>: general knowledge of the field, no doubt known.</summary>
    KnownHigh,

    /// <summary><c>known-medium</c>: probably right; money must not depend on it before it is verified.</summary>
    KnownMedium,

    /// <summary><c>known-low</c>: a hint.</summary>
    KnownLow,

    /// <summary><c>inferred</c>: concluded from found numbers.</summary>
    Inferred,

    /// <summary><c>invented</c>: made up so that the document can be computed.</summary>
    Invented,
}
