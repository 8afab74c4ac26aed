using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>eachMonth</c>: another measure taken of each month of the window by itself, and the <c>sum</c>, <c>average</c>, <c>greatest</c> or <c>least</c> of these. It is how
/// something is computed by month in a window that is a year. One month of which it cannot be told leaves it unknown.
/// </summary>
internal sealed record EachMonthMeasure(string Id, string Monthly, string Take) : Measure(Id)
{
    public const string Word = "eachMonth";

    private static readonly string[] Takes = ["sum", "average", "greatest", "least"];

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => [Monthly];

    public override LocalText Words => new($"the {Take} of {Monthly} of each month", $"各月{Monthly}的{Zh}");

    private string Zh => Take switch { "sum" => "合计", "average" => "平均值", "greatest" => "最大值", _ => "最小值" };

    public static EachMonthMeasure Read(string id, StrictObject json, AgreementContext context) =>
        new(id, context.ReadMeasure(json, "of"), json.Word("take", Takes));

    public override Finding Of(Findings findings)
    {
        var months = findings.Scope.Months().Select(scope => (scope.Window.Label, Finding: findings.At(scope)[Monthly])).ToList();
        var steps = new JsonObject { { "months", JsonList.Of(months, m => new JsonObject { { "month", m.Label }, { "value", m.Finding.Value?.ToString() } }) } };
        if (months.Any(m => m.Finding.Value is null))
        {
            return Finding.Unknown(Reasons.Distinct(months.SelectMany(m => m.Finding.Lacking)), steps);
        }

        var values = months.Select(m => m.Finding.Value!.Value).ToList();
        return Finding.Known(
            Take switch
            {
                "sum" => ExactDecimal.Sum(values),
                "average" => ExactDecimal.Quotient(ExactDecimal.Sum(values), ExactDecimal.From(values.Count)),
                "greatest" => values.Max(),
                _ => values.Min(),
            },
            steps);
    }
}
