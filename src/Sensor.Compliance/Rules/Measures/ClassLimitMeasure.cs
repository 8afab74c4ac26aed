using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Standards;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>
/// <c>classLimit</c>: the limit of GB 3838-2002 table 1 for a parameter, of a class that is written down or that another measure tells by its number
/// (as a target of the section does). There is none for 6, worse than V.
/// </summary>
internal sealed record ClassLimitMeasure(string Id, string Parameter, WaterClass? Class, string? ClassFrom) : Measure(Id)
{
    public const string Word = "classLimit";

    public override string Kind => Word;

    public override IReadOnlyList<string> Uses => ClassFrom is null ? [] : [ClassFrom];

    public override LocalText Words => new(
        $"the limit of {Symbols.Of(Parameter)} for class {Class?.Name() ?? ClassFrom}", $"{Symbols.Of(Parameter)}的{Class?.NameZh() ?? ClassFrom}类标准限值");

    public static ClassLimitMeasure Read(string id, StrictObject json, AgreementContext context)
    {
        var parameter = RuleReader.ReadParameter(json, context);
        if (parameter.Length > 0 && context.Sections.Any(s => Gb3838.Limits(parameter, s.WaterBody) is null))
        {
            json.Problem("parameter", $"is {parameter}, for which GB 3838-2002 table 1 has no limit in every section's kind of water", "Use a number instead of classLimit");
        }

        return json.Has("classFrom")
            ? new ClassLimitMeasure(id, parameter, null, context.ReadMeasure(json, "classFrom"))
            : new ClassLimitMeasure(id, parameter, ClassTarget.ReadClass(json, "class"), null);
    }

    public override Finding Of(Findings findings)
    {
        var (value, lacking) = ClassFrom is null ? ([ExactDecimal.From((int)Class!.Value)], []) : findings.All([ClassFrom]);
        if (value is null)
        {
            return Finding.Unknown(lacking);
        }

        return Enumerable.Range(1, 5).FirstOrDefault(c => ExactDecimal.From(c) == value[0]) is >= 1 and var number
            ? Finding.Known(
                Gb3838.Limits(Parameter, findings.Scope.Section.WaterBody)!.Limit((WaterClass)number),
                new JsonObject { { "parameter", Parameter }, { "class", ((WaterClass)number).Name() } })
            : Finding.Unknown([new Reason("no-class-limit", $"{ClassFrom} is {value[0]}, which is not one of the classes 1 to 5", $"{ClassFrom}为{value[0]}，不是Ⅰ～Ⅴ类", [])]);
    }
}
