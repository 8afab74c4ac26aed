using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Conditions;

/// <summary>Two measures compared exactly: <c>{"measure": A, "atMost" | "below" | "atLeast" | "above" | "equals": B}</c>.</summary>
internal sealed record Comparison(string Left, string Word, string Right) : Condition
{
    private static readonly string[] AllWords = ["atMost", "below", "atLeast", "above", "equals"];

    public override IReadOnlyList<string> Uses => [Left, Right];

    public override IEnumerable<Comparison> Comparisons => [this];

    public override LocalText Words => Word switch
    {
        "atMost" => new($"{Left} is at most {Right}", $"{Left}不高于{Right}"),
        "below" => new($"{Left} is below {Right}", $"{Left}低于{Right}"),
        "atLeast" => new($"{Left} is at least {Right}", $"{Left}不低于{Right}"),
        "above" => new($"{Left} is above {Right}", $"{Left}高于{Right}"),
        _ => new($"{Left} equals {Right}", $"{Left}等于{Right}"),
    };

    public static Comparison Read(StrictObject json, AgreementContext context)
    {
        var words = AllWords.Where(json.Has).ToList();
        if (words.Count != 1)
        {
            json.Problem("", "compares with " + (words.Count == 0 ? "nothing" : string.Join(" and ", words)), "Give exactly one of " + string.Join(", ", AllWords));
        }

        var comparison = new Comparison(context.ReadMeasure(json, "measure"), words.FirstOrDefault("atMost"), words.Count == 0 ? "" : context.ReadMeasure(json, words[0]));
        foreach (var other in words.Skip(1))
        {
            context.ReadMeasure(json, other);
        }

        return comparison;
    }

    public override Truth Of(Findings findings)
    {
        var (values, lacking) = findings.All([Left, Right]);
        return values is null ? new Truth(null, lacking) : new Truth(Compare(values[0], values[1]), []);
    }

    public override JsonObject ToJson(Findings findings) => new()
    {
        { "measure", Left },
        { "value", findings[Left].Value?.ToString() },
        { "is", Word },
        { "than", Right },
        { "limit", findings[Right].Value?.ToString() },
        { "holds", Item(Of(findings).Holds) },
    };

    private bool Compare(ExactDecimal left, ExactDecimal right) => Word switch
    {
        "atMost" => left <= right,
        "below" => left < right,
        "atLeast" => left >= right,
        "above" => left > right,
        _ => left == right,
    };
}
