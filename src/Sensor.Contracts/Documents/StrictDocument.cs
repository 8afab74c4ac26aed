using System.Text.Json;
using System.Text.Unicode;

namespace Sensor.Contracts.Documents;

/// <summary>Reads JSON documents that people write: comments and trailing commas allowed, unknown members refused, all mistakes at once.</summary>
public static class StrictDocument
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };

    /// <summary>Reads a document.</summary>
    /// <param name="name">Its name for messages, usually the file.</param>
    /// <param name="utf8">Its bytes, with or without a byte order mark.</param>
    /// <param name="read">Reads the root object; <see cref="StrictObject.End"/> is called for it afterwards.</param>
    /// <exception cref="DocumentException">The document has mistakes; all of them are in the exception.</exception>
    public static T Read<T>(string name, ReadOnlyMemory<byte> utf8, Func<StrictObject, T> read)
    {
        var problems = new List<DocumentProblem>();
        var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(text.Span))
        {
            throw new DocumentException(name, [new DocumentProblem("", "is not UTF-8", "Save the file in the encoding UTF-8")]);
        }

        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (BrokenText(document.RootElement) is { } broken)
            {
                throw new DocumentException(name, [new DocumentProblem(broken, "has an escape of half a character", "Write the character itself, or both halves")]);
            }

            var root = new StrictObject(document.RootElement, "", problems);
            var result = read(root);
            root.End();
            return problems.Count == 0 ? result : throw new DocumentException(name, problems);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"line {line + 1}, byte {e.BytePositionInLine + 1}" : "";
            throw new DocumentException(name, [new DocumentProblem(place, "is not JSON", "Correct the text at this place: " + e.Message.Split(" LineNumber")[0].TrimEnd('.'))]);
        }
    }

    /// <summary>The raw text of a string or member name that no Unicode text can hold, such as a lone "\uD800", or null.</summary>
    private static string? BrokenText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => IsUnicode(json) ? null : json.GetRawText(),
        JsonValueKind.Array => json.EnumerateArray().Select(BrokenText).FirstOrDefault(broken => broken is not null),
        JsonValueKind.Object => json.EnumerateObject().Select(member => HasName(member) ? BrokenText(member.Value) : "a member name").FirstOrDefault(broken => broken is not null),
        _ => null,
    };

    private static bool IsUnicode(JsonElement json) => Reads(() => json.GetString());

    private static bool HasName(JsonProperty member) => Reads(() => member.Name);

    private static bool Reads(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
