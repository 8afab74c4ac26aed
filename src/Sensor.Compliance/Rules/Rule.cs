using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Rules;

/// <summary>What turns the means of a window into a tier and a payment. One file per rule.</summary>
/// <remarks>Rules are pure; immutable and thread-safe.</remarks>
public abstract record Rule
{
    /// <summary>The factor codes that decide, in the order of the agreement. A window that lacks one of them is indeterminate.</summary>
    public abstract IReadOnlyList<string> Parameters { get; }

    /// <summary>What is due when the rule is not met, and after an accident.</summary>
    internal abstract Tier Missed { get; }

    /// <summary>Decides.</summary>
    /// <param name="section">The section.</param>
    /// <param name="means">The deciding mean of every parameter of <see cref="Parameters"/>.</param>
    internal abstract RuleResult Apply(AgreedSection section, IReadOnlyDictionary<string, ExactDecimal> means);

    /// <summary>Where the verdict turns, as quantities that are linear in the means.</summary>
    internal abstract IReadOnlyList<TurningPoint> TurningPoints(AgreedSection section);
}
