using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Reads JSON whose numbers must stay their digits.</summary>
internal static class QualityJson
{
    private const int LargestExponent = 100;

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };

    /// <summary>A document in which each number is the text of its digits in plain notation and each null in an array an empty text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unread">Members of the root that are known but of no concern: whatever they hold becomes null.</param>
    /// <param name="read">Reads the root object.</param>
    /// <exception cref="BadInputException">The file cannot be read or has mistakes; all of them are named.</exception>
    public static T Read<T>(string path, IReadOnlyList<string> unread, Func<StrictObject, T> read) =>
        InputFile.ReadDocument(path, (name, utf8) => StrictDocument.Read(name, NumbersAsTexts(utf8, unread), read));

    /// <summary>The amount of a number as JSON writes it, or null where its exponent is out of all measure.</summary>
    internal static ExactDecimal? Number(string token)
    {
        var e = token.IndexOfAny(['e', 'E']);
        var plain = e < 0 ? token : token[..e];
        var exponent = 0;
        if (!ExactDecimal.TryParse(plain, out var number)
            || (e >= 0 && !int.TryParse(token.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            || exponent is > LargestExponent or < -LargestExponent)
        {
            return null;
        }

        var power = ExactDecimal.Parse("1" + new string('0', int.Abs(exponent)));
        return exponent >= 0 ? number * power : new ExactDecimal(number.Mantissa, number.Scale - exponent);
    }

    private static ReadOnlyMemory<byte> NumbersAsTexts(ReadOnlyMemory<byte> utf8, IReadOnlyList<string> unread)
    {
        var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8.Span[3..] : utf8.Span;
        var result = new ArrayBufferWriter<byte>(text.Length + 64);
        try
        {
            Copy(text, unread, result);
            return result.WrittenMemory;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character: the strict reader says so and where.
            return utf8;
        }
    }

    private static void Copy(ReadOnlySpan<byte> text, IReadOnlyList<string> unread, ArrayBufferWriter<byte> result)
    {
        var reader = new Utf8JsonReader(text, Options);
        var arrays = new Stack<bool>();
        var copied = 0;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            string? instead = null;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    arrays.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    arrays.Pop();
                    break;
                case JsonTokenType.PropertyName when arrays.Count == 1 && unread.Contains(reader.GetString()):
                    reader.Read();
                    start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    instead = "null";
                    break;
                case JsonTokenType.Number when Number(Encoding.UTF8.GetString(reader.ValueSpan)) is { } number:
                    instead = $"\"{number}\"";
                    break;
                case JsonTokenType.Null when arrays.TryPeek(out var inArray) && inArray:
                    instead = "\"\"";
                    break;
            }

            if (instead is not null)
            {
                result.Write(text[copied..start]);
                result.Write(Encoding.UTF8.GetBytes(instead));
                copied = (int)reader.BytesConsumed;
            }
        }

        result.Write(text[copied..]);
    }
}
