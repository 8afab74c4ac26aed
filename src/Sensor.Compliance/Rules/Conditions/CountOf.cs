using System.Globalization;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;

namespace Sensor.Compliance.Rules.Conditions;

/// <summary>
/// At least k of n conditions: <c>{"all": [...]}</c>, <c>{"any": [...]}</c>, <c>{"atLeast": k, "of": [...]}</c>. It holds as soon as k of them are known to hold, it
/// does not as soon as k cannot be reached any more, whatever the unknown ones are; otherwise it cannot be told.
/// </summary>
internal sealed record CountOf(string Word, int Least, IReadOnlyList<Condition> Parts) : Condition
{
    public override IReadOnlyList<string> Uses => [.. Parts.SelectMany(p => p.Uses).Distinct(StringComparer.Ordinal)];

    public override IEnumerable<Comparison> Comparisons => Parts.SelectMany(p => p.Comparisons);

    public override LocalText Words => Word switch
    {
        "all" => new(string.Join(" and ", Parts.Select(p => Bracketed(p).En)), string.Join("且", Parts.Select(p => Bracketed(p).Zh))),
        "any" => new(string.Join(" or ", Parts.Select(p => Bracketed(p).En)), string.Join("或", Parts.Select(p => Bracketed(p).Zh))),
        _ => new(
            $"at least {Least} of these hold: {string.Join("; ", Parts.Select(p => p.Words.En))}",
            $"下列条件至少满足{Least.ToString(CultureInfo.InvariantCulture)}项：{string.Join("；", Parts.Select(p => p.Words.Zh))}"),
    };

    public override Truth Of(Findings findings)
    {
        var truths = Parts.Select(p => p.Of(findings)).ToList();
        var met = truths.Count(t => t.Holds == true);
        var open = truths.Count(t => t.Holds is null);
        return met >= Least ? new Truth(true, [])
            : met + open < Least ? new Truth(false, [])
            : new Truth(null, Reasons.Distinct(truths.SelectMany(t => t.Lacking)));
    }

    public override JsonObject ToJson(Findings findings) => new()
    {
        { "is", Word }, { "least", Least }, { "of", JsonList.Of(Parts, p => p.ToJson(findings)) }, { "holds", Item(Of(findings).Holds) },
    };

    private static LocalText Bracketed(Condition part) => part is CountOf ? new($"({part.Words.En})", $"（{part.Words.Zh}）") : part.Words;
}
