using Sensor.Contracts;

namespace Sensor.Compliance.Standards;

/// <summary>What a value proves about a limit.</summary>
public enum ComplianceProof
{
    /// <summary>Whatever the value can be, the limit is met.</summary>
    Met = 0,

    /// <summary>Whatever the value can be, the limit is failed.</summary>
    Failed = 1,

    /// <summary>The value can be on either side: a detection limit above the limit proves nothing.</summary>
    CannotDetermine = 2,
}

/// <summary>
/// Whether a value below detection can prove that a class is met: only where its detection limit meets it.
/// Source: practice of one public implementation; the documents found do not say.
/// </summary>
public static class ComplianceProofs
{
    /// <summary>What an amount, or what it can be, proves about the limit of a class.</summary>
    /// <param name="limits">The limits of its parameter.</param>
    /// <param name="waterClass">The class to meet, I to V.</param>
    /// <param name="bounds">What the amount can be, as <see cref="CensoredValue.Bounds"/> and <see cref="CensoredValue.BoundsOfMean"/> give it.</param>
    public static ComplianceProof Of(ClassLimits limits, WaterClass waterClass, ValueBounds bounds)
    {
        var (least, most) = (limits.ClassOf(bounds.Least) <= waterClass, limits.ClassOf(bounds.Most) <= waterClass);
        var mayMeetBetween = limits.Parameter == ParameterCatalogue.PH && bounds.Least != bounds.Most;
        return (least, most) switch
        {
            (true, true) => ComplianceProof.Met,
            (false, false) when !mayMeetBetween => ComplianceProof.Failed,
            _ => ComplianceProof.CannotDetermine,
        };
    }
}
