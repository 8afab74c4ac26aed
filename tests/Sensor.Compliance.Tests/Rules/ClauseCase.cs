using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Compliance.Tests.Outcomes;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace Sensor.Compliance.Tests.Rules;

/// <summary>Agreements in clauses for tests: everything but the rule is the same, numbers may be written without their provenance.</summary>
internal static class ClauseCase
{
    private static readonly string Frame = Encoding.UTF8.GetString(AssessmentCase.Bytes("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"));

    /// <summary>An agreement with a rule given as JSON in which <c>~1.5</c> stands for a stated number.</summary>
    public static Agreement Agreement(string rule, Action<JsonObject>? change = null)
    {
        var frame = JsonNode.Parse(Frame)!.AsObject();
        frame["rule"] = JsonNode.Parse(Stated(rule));
        frame["parameters"]!.AsArray().Add(JsonNode.Parse("""{ "code": "w99999", "unit": "m3/s", "name": { "en": "discharge", "zh": "流量" } }"""));
        change?.Invoke(frame);
        return AgreementDocument.Read("a.json", Encoding.UTF8.GetBytes(frame.ToJsonString()));
    }

    /// <summary>The outcomes of lines <c>section time parameter value</c>, one a line, with days such as 08-10.</summary>
    public static IReadOnlyList<Outcome> Assess(Agreement agreement, string lines, Determinations? determinations = null) =>
        Assessment.Assess(agreement, new AssessmentInput { Observations = Observations(lines), Determinations = determinations });

    public static IReadOnlyList<Observation> Observations(string lines)
    {
        var csv = new StringBuilder("section,time,parameter,value,unit,flag\n");
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{parts[0]},{parts[1]}T08:00:00+08:00,{parts[2]},{parts[3]},{(parts[2] == "w99999" ? "m3/s" : "mg/L")},N\n");
        }

        return AssessmentCase.Observations(csv.ToString());
    }

    /// <summary>Writes every <c>~number</c> as a stated value.</summary>
    public static string Stated(string json) => System.Text.RegularExpressions.Regex.Replace(
        json, "~(-?[0-9.]+)", """{ "value": "$1", "source": "Case", "certainty": "known-high" }""");
}
