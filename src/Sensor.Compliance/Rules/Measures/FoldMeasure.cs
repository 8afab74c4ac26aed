using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// Several measures made into one, exactly: <c>sum</c>, <c>product</c>, <c>greatest</c>, <c>least</c> (in any order), and <c>difference</c>, the first less all others.
/// <c>mean</c> of measures is <c>average</c>, one quotient.
/// </summary>
internal sealed record FoldMeasure(string Id, string Word, IReadOnlyList<string> Parts) : Measure(Id)
{
    public static readonly string[] AllWords = ["sum", "difference", "product", "greatest", "least", "average"];

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => Parts;

    public override LocalText Words => Word switch
    {
        "sum" => Joined(" + "),
        "difference" => Joined(" − "),
        "product" => Joined(" × "),
        "greatest" => new($"the greatest of {string.Join(", ", Parts)}", $"{string.Join("、", Parts)}中的最大值"),
        "least" => new($"the least of {string.Join(", ", Parts)}", $"{string.Join("、", Parts)}中的最小值"),
        _ => new($"the average of {string.Join(", ", Parts)}", $"{string.Join("、", Parts)}的平均值"),
    };

    public static FoldMeasure Read(string id, string word, StrictObject json, AgreementContext context) =>
        new(id, word, json.Texts("of", 1, context.KnowsMeasure, context.MeasuresExpected));

    public override Finding Of(Findings findings)
    {
        var (values, lacking) = findings.All(Parts);
        return values is null ? Finding.Unknown(lacking) : Finding.Known(
            Word switch
            {
                "sum" => ExactDecimal.Sum(values),
                "difference" => values[0] - ExactDecimal.Sum(values.Skip(1)),
                "product" => values.Aggregate((a, b) => a * b),
                "greatest" => values.Max(),
                "least" => values.Min(),
                _ => ExactDecimal.Quotient(ExactDecimal.Sum(values), ExactDecimal.From(values.Count)),
            },
            new JsonObject { { "of", JsonList.Of(values, v => v.ToString()) } });
    }

    private LocalText Joined(string sign) => new(string.Join(sign, Parts), string.Join(sign, Parts));
}
