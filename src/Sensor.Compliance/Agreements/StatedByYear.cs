using System.Globalization;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// A stated number that may differ from year to year: <c>{"value", "source", "certainty"}</c>, or the same with <c>byYear</c>,
/// <c>{"2018": "75", "2019": "83"}</c>, in the place of <c>value</c>. The calendar year in which a window begins tells which counts.
/// </summary>
internal sealed record StatedByYear(ExactDecimal Value, IReadOnlyDictionary<int, ExactDecimal>? ByYear)
{
    /// <summary>The number for a window; every year in force has one.</summary>
    public ExactDecimal For(Window window) => ByYear is null ? Value : ByYear[window.From.Year];

    public LocalText Words
    {
        get
        {
            var text = ByYear is null ? Value.ToString() : string.Join(", ", ByYear.OrderBy(y => y.Key).Select(y => $"{y.Key}: {y.Value}"));
            return new(text, text);
        }
    }

    /// <summary>Reads the members from the object that holds them; the caller ends it.</summary>
    public static StatedByYear Read(StrictObject json, AgreementContext context)
    {
        var byYear = json.OptionalChild("byYear");
        var value = byYear is null ? Number(json, "value") : ExactDecimal.Zero;
        var years = byYear is null ? null : ReadYears(byYear, context);
        context.Stated.Provenance(json);
        return new StatedByYear(value, years);
    }

    private static Dictionary<int, ExactDecimal> ReadYears(StrictObject json, AgreementContext context)
    {
        var years = new Dictionary<int, ExactDecimal>();
        for (var year = context.InForceFrom.Year; year <= context.InForceTo.Year; year++)
        {
            years.Add(year, Number(json, year.ToString(CultureInfo.InvariantCulture)));
        }

        json.End();
        return years;
    }

    private static ExactDecimal Number(StrictObject json, string member) => ExactDecimal.TryParse(
        json.Text(member, t => ExactDecimal.TryParse(t, out _), "a plain decimal number between double quotes"), out var value) ? value : ExactDecimal.One;
}
