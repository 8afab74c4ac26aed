using Sensor.Compliance.Cuts;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;

namespace Sensor.Ingest.Samples;

/// <summary>Shows of every joint sample and parameter both halves and what counts, as the decision computes it; one JSON object each.</summary>
internal sealed class SampleComparison(WindowSamples samples, Func<AgreementHistory, DeterminationHistory> determinations)
{
    private static readonly Instant Ever = new(253_402_300_799_999);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The samples of an agreement in order of windows, sections, moments and parameters.</summary>
    public IEnumerable<string> Of(AgreementHistory agreement)
    {
        var inEffect = determinations(agreement);
        return from assessed in agreement.Windows
               from section in assessed.Agreement.Sections
               where samples.Any(assessed, section.Section, Ever)
               let outcome = Assess(agreement, assessed, section.Section, inEffect)
               from sample in JsonElement.Parse(outcome.ToBytes()).GetProperty("trace").GetProperty("jointSamples").EnumerateArray()
               select Written(outcome, sample);
    }

    private Outcome Assess(AgreementHistory agreement, AssessedWindow assessed, string section, DeterminationHistory inEffect)
    {
        var bearing = samples.Bearing(assessed, section, Ever);
        return Assessment.Assess(agreement, assessed, section, new AssessmentInput
        {
            Observations = bearing.Observations, Cut = new Cut { Samples = bearing.Files }, Determinations = inEffect.For(assessed.Agreement, section, assessed.Window),
        });
    }

    private static string Written(Outcome outcome, JsonElement sample)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("agreement", outcome.Agreement.Id);
            writer.WriteNumber("version", outcome.Agreement.Version);
            writer.WriteString("section", outcome.Section);
            writer.WriteString("window", outcome.Window.Label);
            foreach (var member in sample.EnumerateObject())
            {
                member.WriteTo(writer);
            }

            writer.WriteBoolean("reserveNeeded", IsReserveNeeded(sample));
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Whether the halves lie too far apart, nothing settles it, and a reserve that is kept was not analysed.</summary>
    private static bool IsReserveNeeded(JsonElement sample) =>
        sample.GetProperty("within").ValueKind == JsonValueKind.False && sample.GetProperty("value").ValueKind == JsonValueKind.Null && sample.GetProperty("reserve").ValueKind == JsonValueKind.Object;
}
