using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>The measures of one section and window, each computed when it is first asked for. Not thread-safe.</summary>
internal sealed class Findings(RuleScope scope, IReadOnlyDictionary<string, Measure> measures)
{
    private readonly Dictionary<string, Finding> _found = new(StringComparer.Ordinal);

    /// <summary>The section and window.</summary>
    public RuleScope Scope => scope;

    /// <summary>The finding of a measure.</summary>
    public Finding this[string id]
    {
        get
        {
            if (!_found.TryGetValue(id, out var finding))
            {
                // A measure refers only to earlier ones, so this ends.
                _found.Add(id, finding = measures[id].Of(this));
            }

            return finding;
        }
    }

    /// <summary>The measure of an id.</summary>
    public Measure Measure(string id) => measures[id];

    /// <summary>The values of several measures, or the reasons for which some have none, each reason once.</summary>
    public (IReadOnlyList<ExactDecimal>? Values, IReadOnlyList<Reason> Lacking) All(IEnumerable<string> ids)
    {
        var found = ids.Select(id => this[id]).ToList();
        return found.All(f => f.Value is not null)
            ? ([.. found.Select(f => f.Value!.Value)], [])
            : (null, Reasons.Distinct(found.SelectMany(f => f.Lacking)));
    }

    /// <summary>The same measures at another section or in another window.</summary>
    public Findings At(RuleScope other) => new(other, measures);
}
