using System.Text.Json;
using System.Text.Unicode;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Interop.Json;

/// <summary>Makes readings of a message. It fits as a whole or not at all; each reading names the raw bytes.</summary>
internal static class JsonMessage
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The readings, those of one time together, in the order of the message; null, with the refusal, where it does not fit.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="configured">How they become readings.</param>
    /// <param name="most">The most readings.</param>
    /// <param name="raw">How readings name the bytes.</param>
    /// <param name="refusal">The first thing that does not fit.</param>
    public static IReadOnlyList<ReadingsBody>? Read(ReadOnlyMemory<byte> message, JsonMessageConfiguration configured, int most, string raw, out JsonRefusal? refusal)
    {
        try
        {
            using var document = Parse(message, out refusal);
            return document is null ? null : Read(document.RootElement, configured, most, raw, out refusal);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for a text that is asked for and is no Unicode.
            refusal = new JsonRefusal("syntax", "a text has an escape of half a character");
            return null;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> message, out JsonRefusal? refusal)
    {
        try
        {
            refusal = Utf8.IsValid(message.Span) ? null : new JsonRefusal("syntax", "the message is not UTF-8");
            return refusal is null ? JsonDocument.Parse(message, Options) : null;
        }
        catch (JsonException e)
        {
            refusal = new JsonRefusal("syntax", $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber")[0]}");
            return null;
        }
    }

    private static List<ReadingsBody>? Read(JsonElement root, JsonMessageConfiguration configured, int most, string raw, out JsonRefusal? refusal)
    {
        var reader = new JsonItemReader(root, configured, raw);
        var readings = reader.Items(most)?.SelectMany(reader.Read).TakeWhile(_ => reader.Refusal is null).Take(most + 1).ToList() ?? [];
        refusal = reader.Refusal ?? Whole(readings, most);
        return refusal is null ? [.. Bodies(readings)] : null;
    }

    private static JsonRefusal? Whole(List<Reading> readings, int most) =>
        readings.Count == 0 ? new JsonRefusal("parameter", "none of the configured parameters stands in the message")
        : readings.Count > most ? new JsonRefusal("size", $"more than {most} readings; limits.readings of the import")
        : readings.GroupBy(r => (r.Parameter, r.SampledTo)).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? new JsonRefusal("parameter", $"{twice.Key.Parameter} of {twice.Key.SampledTo} stands {twice.Count()} times")
            : null;

    private static IEnumerable<ReadingsBody> Bodies(IEnumerable<Reading> readings) =>
        from together in readings.GroupBy(r => r.SampledTo)
        from body in together.Chunk(WireLimits.Readings)
        select new ReadingsBody(together.Key, body);
}
