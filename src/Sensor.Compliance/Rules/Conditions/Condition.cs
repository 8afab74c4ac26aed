using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;

namespace Sensor.Compliance.Rules.Conditions;

/// <summary>Something that holds, does not hold, or cannot be told of a window. One file per kind.</summary>
internal abstract record Condition
{
    /// <summary>The measures it compares.</summary>
    public abstract IReadOnlyList<string> Uses { get; }

    /// <summary>The condition in the words of both languages.</summary>
    public abstract LocalText Words { get; }

    /// <summary>The comparisons it is made of.</summary>
    public abstract IEnumerable<Comparison> Comparisons { get; }

    /// <summary>Whether it holds.</summary>
    public abstract Truth Of(Findings findings);

    /// <summary>Its members in the trace.</summary>
    public abstract JsonObject ToJson(Findings findings);

    /// <summary>True, false, or null as JSON.</summary>
    protected static JsonItem Item(bool? holds) => holds is { } known ? known : JsonNull.Instance;
}

/// <summary>Whether something holds; where that cannot be told, why not.</summary>
/// <param name="Holds">True, false, or null where it cannot be told.</param>
/// <param name="Lacking">Why not; empty where it can.</param>
internal sealed record Truth(bool? Holds, IReadOnlyList<Reason> Lacking);
