using System.Text;

namespace Sensor.Contracts.Wire;

/// <summary>The rule for free texts in payloads: valid Unicode, 1 to n bytes of UTF-8, none of U+0000 to U+001F and U+007F.</summary>
/// <remarks>Texts are compared byte by byte and never normalised. Lengths are in bytes so that every language counts alike.</remarks>
public static class WireText
{
    /// <summary>Whether a text may travel as a member of at most <paramref name="longest"/> bytes.</summary>
    public static bool IsAllowed(string text, int longest)
    {
        // Most texts are printable ASCII, where a character is a byte.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Length > 0 && text.Length <= longest;
        }

        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (IsControl(rune))
            {
                return false;
            }
        }

        return bytes > 0 && bytes <= longest && IsUnicode(text);
    }

    /// <summary>
    /// Makes a text from outside (a reply of an instrument, a message of an exception) fit to travel: control characters become spaces,
    /// broken characters U+FFFD, and what is beyond <paramref name="longest"/> bytes is cut between characters.
    /// </summary>
    /// <returns>The text, or null where nothing is left.</returns>
    public static string? Fit(string? text, int longest)
    {
        var fitting = new StringBuilder();
        var room = longest;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var allowed = IsControl(rune) ? new Rune(' ') : rune;
            room -= allowed.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            fitting.Append(allowed.ToString());
        }

        return fitting.Length > 0 ? fitting.ToString() : null;
    }

    private static bool IsControl(Rune rune) => rune.Value is < 0x20 or 0x7F;

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }
}
