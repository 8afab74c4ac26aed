using System.Text.Json;
using System.Text.Unicode;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Outcomes;

/// <summary>
/// Reads JSON as outcomes are written: UTF-8 without comments, every member once, whole numbers alone. Spaces and the order of members
/// do not matter, because <see cref="CanonicalJson"/> gives every reading the one form again.
/// </summary>
/// <remarks>Pure and thread-safe. What <see cref="CanonicalJson.Write"/> wrote is read back to the same bytes.</remarks>
public static class JsonItemReader
{
    /// <summary>How deep lists and objects may lie in each other.</summary>
    public const int MostDepth = 64;

    private const long LargestWhole = (1L << 53) - 1;

    /// <summary>Reads one value.</summary>
    /// <param name="name">The document's name for messages, usually the file.</param>
    /// <param name="utf8">Its bytes, with or without a byte order mark.</param>
    /// <exception cref="DocumentException">The document has mistakes; all of them are in the exception, except that broken JSON ends at its first.</exception>
    public static JsonItem Read(string name, ReadOnlySpan<byte> utf8)
    {
        var text = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(text))
        {
            throw new DocumentException(name, [new DocumentProblem("", "is not UTF-8", "Save the file in the encoding UTF-8")]);
        }

        var problems = new List<DocumentProblem>();
        var item = Parse(name, text, problems);
        return problems.Count == 0 ? item : throw new DocumentException(name, problems);
    }

    private static JsonItem Parse(string name, ReadOnlySpan<byte> text, List<DocumentProblem> problems)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MostDepth });
            reader.Read();
            var item = Item(ref reader, "", problems);

            // Whatever follows the value is refused here.
            reader.Read();
            return item;
        }
        catch (JsonException e)
        {
            var place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            throw new DocumentException(name, [new DocumentProblem(place, "is not JSON", "Correct the text at this place: " + e.Message.Split(" LineNumber")[0].TrimEnd('.'))]);
        }
    }

    private static JsonItem Item(ref Utf8JsonReader reader, string path, List<DocumentProblem> problems) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Members(ref reader, path, problems),
        JsonTokenType.StartArray => Elements(ref reader, path, problems),
        JsonTokenType.String => Text(ref reader, path, problems),
        JsonTokenType.Number => Number(ref reader, path, problems),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => JsonNull.Instance,
    };

    private static JsonObject Members(ref Utf8JsonReader reader, string path, List<DocumentProblem> problems)
    {
        var members = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = Text(ref reader, path, problems) is JsonText name ? name.Value : "";
            var place = path.Length == 0 ? member : $"{path}.{member}";
            reader.Read();
            var value = Item(ref reader, place, problems);
            if (members.Find(member) is null)
            {
                members.Add(member, value);
            }
            else
            {
                problems.Add(new DocumentProblem(place, "is given twice", "Keep one of the two"));
            }
        }

        return members;
    }

    private static JsonList Elements(ref Utf8JsonReader reader, string path, List<DocumentProblem> problems)
    {
        var elements = new List<JsonItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Item(ref reader, $"{path}[{elements.Count}]", problems));
        }

        return new JsonList(elements);
    }

    private static JsonItem Text(ref Utf8JsonReader reader, string path, List<DocumentProblem> problems)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            problems.Add(new DocumentProblem(path, "has an escape of half a character", "Write the character itself, or both halves"));
            return JsonNull.Instance;
        }
    }

    private static JsonItem Number(ref Utf8JsonReader reader, string path, List<DocumentProblem> problems)
    {
        if (reader.TryGetInt64(out var number) && number is >= -LargestWhole and <= LargestWhole && !reader.ValueSpan.ContainsAny((byte)'.', (byte)'e', (byte)'E'))
        {
            return number;
        }

        problems.Add(new DocumentProblem(path, "is not a whole number between −(2^53 − 1) and 2^53 − 1", "Write a decimal as text, as outcomes do"));
        return JsonNull.Instance;
    }
}
