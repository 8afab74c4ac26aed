using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sensor.Contracts.Hj212;

namespace Sensor.Audit;

/// <summary>Writes what was decoded of HJ 212 as a line of JSON.</summary>
internal static class Hj212Line
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Hj212Refusal refusal) => Line(json =>
    {
        json.WriteBoolean("ok", false);
        json.WriteString("error", refusal.Reason);
        json.WriteNumber("offset", refusal.Offset);
    });

    public static string Of(Hj212Message message) => Line(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("mn", message.Station);
        json.WriteString("st", message.System);
        json.WriteString("cn", message.Command);
        json.WriteString("qn", message.Exchange);
        json.WriteString("dataTime", message.DataTime);
        json.WriteStartArray("readings");
        foreach (var reading in Hj212Readings.Of(message))
        {
            Write(json, reading);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, Hj212Reading reading)
    {
        json.WriteStartObject();
        json.WriteString("parameter", reading.Parameter);
        json.WriteString("kind", reading.Kind);
        json.WriteString("value", reading.Value is null ? null : reading.Text);
        json.WriteString("flag", reading.Flag);
        json.WriteEndObject();
    }

    private static string Line(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
