using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>Reads the member <c>measures</c> of a rule. A new kind is one file and one line here.</summary>
internal static class MeasureReader
{
    private static readonly string[] Kinds =
    [
        MeanMeasure.Word, ExtremeMeasure.Word, PercentileMeasure.Word, ExceedingDaysMeasure.Word, ComplianceRateMeasure.Word, ClassMeasure.Word,
        FlowMeasure.WeightedMean, FlowMeasure.Load, FlowMeasure.Volume, ClassLimitMeasure.Word, NumberMeasure.Word, SectionNumberMeasure.Word, FactMeasure.Word,
        IndexMeasure.Word, QuotientMeasure.Ratio, QuotientMeasure.Exceedance, QuotientMeasure.Change, .. FoldMeasure.AllWords, RoundedMeasure.Word, WhereNoInflowMeasure.Word,
        WindowsMetMeasure.Word, EachMonthMeasure.Word,
    ];

    public static IReadOnlyList<Measure> Read(StrictObject rule, AgreementContext context)
    {
        var measures = new List<Measure>();
        foreach (var json in rule.Children("measures", 1))
        {
            var id = json.Text("id", AgreementContext.IsMeasureId, "an id of letters, digits and -, beginning with a letter");
            if (context.KnowsMeasure(id))
            {
                json.Problem("id", $"is {id}, which an earlier measure has", "Give each measure its own id");
            }

            measures.Add(ReadOne(id, json, context));
            json.End();
            context.Measures.Add(id);
        }

        return measures;
    }

    private static Measure ReadOne(string id, StrictObject json, AgreementContext context) => json.Word("kind", Kinds) switch
    {
        MeanMeasure.Word => MeanMeasure.Read(id, json, context),
        ExtremeMeasure.Word => ExtremeMeasure.Read(id, json, context),
        PercentileMeasure.Word => PercentileMeasure.Read(id, json, context),
        ExceedingDaysMeasure.Word => ExceedingDaysMeasure.Read(id, json, context),
        ComplianceRateMeasure.Word => ComplianceRateMeasure.Read(id, json, context),
        ClassMeasure.Word => ClassMeasure.Read(id, json, context),
        ClassLimitMeasure.Word => ClassLimitMeasure.Read(id, json, context),
        NumberMeasure.Word => NumberMeasure.Read(id, json, context),
        SectionNumberMeasure.Word => SectionNumberMeasure.Read(id, json, context),
        FactMeasure.Word => FactMeasure.Read(id, json),
        IndexMeasure.Word => IndexMeasure.Read(id, json, context),
        RoundedMeasure.Word => RoundedMeasure.Read(id, json, context),
        WhereNoInflowMeasure.Word => WhereNoInflowMeasure.Read(id, json, context),
        EachMonthMeasure.Word => EachMonthMeasure.Read(id, json, context),
        WindowsMetMeasure.Word => WindowsMetMeasure.Read(id, json, context),
        (FlowMeasure.WeightedMean or FlowMeasure.Load or FlowMeasure.Volume) and var word => FlowMeasure.Read(id, word, json, context),
        (QuotientMeasure.Ratio or QuotientMeasure.Exceedance or QuotientMeasure.Change) and var word => QuotientMeasure.Read(id, word, json, context),
        var word => FoldMeasure.Read(id, word, json, context),
    };
}
