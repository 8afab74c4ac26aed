using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>A quantity that an agreement names: measured, stated or computed from others. One file per kind.</summary>
/// <param name="Id">Its id in the agreement; conditions, schedules and later measures refer to it.</param>
internal abstract record Measure(string Id)
{
    /// <summary>The word of the member <c>kind</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The ids of the measures it is computed from.</summary>
    public virtual IReadOnlyList<string> Uses => [];

    /// <summary>The factor codes whose amounts it needs, here or elsewhere.</summary>
    public virtual IReadOnlyList<string> NeedsAnywhere => [];

    /// <summary>Where it looks; null for a measure that looks at no readings, or only at the window itself.</summary>
    public virtual Place? LooksAt => null;

    /// <summary>The factor codes whose amounts in the window itself it needs.</summary>
    public IReadOnlyList<string> Parameters => LooksAt is { IsHere: false } ? [] : NeedsAnywhere;

    /// <summary>The formula in the words of both languages, other measures by their ids.</summary>
    public abstract LocalText Words { get; }

    /// <summary>Computes it; what cannot be computed has a reason, never a number.</summary>
    public abstract Finding Of(Findings findings);

    /// <summary>
    /// The amounts of each parameter for which every missing day counts as 1 in a margin; null where the measure is not linear in the means of
    /// the window, so that no break-even can be told.
    /// </summary>
    public virtual IReadOnlyDictionary<string, ExactDecimal>? LinearIn(Findings findings) => null;
}

/// <summary>The value of a measure, or why it has none.</summary>
/// <param name="Value">The number; null where it cannot be told.</param>
/// <param name="Lacking">Why not; empty where it can.</param>
/// <param name="Steps">How it came about, as members of the trace.</param>
internal sealed record Finding(ExactDecimal? Value, IReadOnlyList<Reason> Lacking, JsonObject Steps)
{
    public static Finding Known(ExactDecimal value, JsonObject steps) => new(value, [], steps);

    public static Finding Unknown(IReadOnlyList<Reason> lacking, JsonObject? steps = null) => new(null, lacking, steps ?? []);
}
