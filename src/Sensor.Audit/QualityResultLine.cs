using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sensor.Compliance.Quality;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Writes what quality tests said about one observation as a line of JSON.</summary>
internal static class QualityResultLine
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ObservationLine line, QualityPoint point, IReadOnlyList<TestResult> results)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            Write(json, line, point, results);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, ObservationLine line, QualityPoint point, IReadOnlyList<TestResult> results)
    {
        json.WriteStartObject();
        json.WriteString("section", line.Section);
        json.WriteString("time", line.TimeText);
        json.WriteString("parameter", line.Parameter);
        WriteWhereGiven(json, "source", line.Source);
        WriteWhereGiven(json, "instrument", line.Instrument);
        json.WriteString("value", point.Value?.ToString());
        WriteWhereGiven(json, "stationFlag", line.Flag == "N" ? null : line.Flag);
        var flags = results.Select(r => r.Result.Flag);
        json.WriteNumber("flag", (int)QualityPrecedence.Combine(point.Value is null ? flags.Append(QualityGrade.Missing) : flags));
        json.WriteStartArray("tests");
        foreach (var result in results)
        {
            Write(json, result);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TestResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Test.Name);
        json.WriteString("test", result.Test.Test.Name);
        json.WriteNumber("flag", (int)result.Result.Flag);
        json.WriteString("en", result.Result.Explanation.En);
        json.WriteString("zh", result.Result.Explanation.Zh);
        json.WriteEndObject();
    }

    private static void WriteWhereGiven(Utf8JsonWriter json, string member, string? text)
    {
        if (text is not null)
        {
            json.WriteString(member, text);
        }
    }
}
