using System.Globalization;
using System.Text;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes JSON in the one form of RFC 8785: no spaces, members in order of their UTF-16 units, shortest escapes, UTF-8.</summary>
/// <remarks>Pure and thread-safe. Two equal items give equal bytes on every machine and in every language.</remarks>
public static class CanonicalJson
{
    private const long LargestWhole = (1L << 53) - 1;

    /// <summary>The bytes of an item.</summary>
    /// <exception cref="ArgumentException">A text holds an unpaired surrogate, or a number is outside ±(2^53 − 1).</exception>
    public static byte[] Write(JsonItem item)
    {
        var text = new StringBuilder();
        Append(text, item);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder to, JsonItem item)
    {
        switch (item)
        {
            case JsonText text:
                AppendText(to, text.Value);
                break;
            case JsonWhole { Value: var number }:
                to.Append(number is >= -LargestWhole and <= LargestWhole
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : throw new ArgumentException($"{number} cannot be written exactly in RFC 8785; write it as text."));
                break;
            case JsonTruth { Value: var truth }:
                to.Append(truth ? "true" : "false");
                break;
            case JsonNull:
                to.Append("null");
                break;
            case JsonList list:
                AppendJoined(to, '[', list.Items, Append, ']');
                break;
            case JsonObject members:
                AppendJoined(to, '{', members, AppendMember, '}');
                break;
            default:
                throw new ArgumentException($"{item.GetType().Name} is not a kind of JSON value.");
        }
    }

    private static void AppendJoined<T>(StringBuilder to, char open, IEnumerable<T> elements, Action<StringBuilder, T> append, char close)
    {
        to.Append(open);
        var first = true;
        foreach (var element in elements)
        {
            if (!first)
            {
                to.Append(',');
            }

            append(to, element);
            first = false;
        }

        to.Append(close);
    }

    private static void AppendMember(StringBuilder to, KeyValuePair<string, JsonItem> member)
    {
        AppendText(to, member.Key);
        to.Append(':');
        Append(to, member.Value);
    }

    private static void AppendText(StringBuilder to, string text)
    {
        to.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                var paired = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                to.Append(paired ? text.AsSpan(i++, 2) : throw new ArgumentException("A text with an unpaired surrogate has no UTF-8 form."));
                continue;
            }

            AppendCharacter(to, text[i]);
        }

        to.Append('"');
    }

    private static void AppendCharacter(StringBuilder to, char c) => _ = c switch
    {
        '"' => to.Append("\\\""),
        '\\' => to.Append("\\\\"),
        '\b' => to.Append("\\b"),
        '\t' => to.Append("\\t"),
        '\n' => to.Append("\\n"),
        '\f' => to.Append("\\f"),
        '\r' => to.Append("\\r"),
        < ' ' => to.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
        _ => to.Append(c),
    };
}
