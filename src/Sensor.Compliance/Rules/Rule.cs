using Sensor.Compliance.Agreements;
using Sensor.Compliance.Explanations;

namespace Sensor.Compliance.Rules;

/// <summary>What turns a window into a verdict and payments. One file per rule.</summary>
/// <remarks>Rules are pure; immutable and thread-safe.</remarks>
public abstract record Rule
{
    /// <summary>The factor codes that decide, in the order of the agreement. A window that lacks one of them is indeterminate.</summary>
    public abstract IReadOnlyList<string> Parameters { get; }

    /// <summary>Whether it compares a section and window with others; if so, observations of all agreed sections bear on each outcome.</summary>
    public abstract bool LooksElsewhere { get; }

    /// <summary>What it says, sentence by sentence.</summary>
    internal abstract IReadOnlyList<LocalText> Words { get; }

    /// <summary>Made-up windows that show what it does at a section.</summary>
    internal abstract IEnumerable<Example> Examples(AgreedSection section);

    /// <summary>What is due when the rule is not met, and after an accident.</summary>
    internal abstract Tier Missed { get; }

    /// <summary>Decides; no data is never a pass.</summary>
    internal abstract Ruling Decide(RuleScope scope);

    /// <summary>Where the verdict turns.</summary>
    internal abstract IReadOnlyList<TurningPoint> TurningPoints(RuleScope scope);
}
