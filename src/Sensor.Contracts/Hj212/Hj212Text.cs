using System.Text;

namespace Sensor.Contracts.Hj212;

/// <summary>A part of a data segment, one character for each byte, that knows where it stands in the stream.</summary>
internal readonly record struct Hj212Text(string Text, long Offset)
{
    public static Hj212Text Of(ReadOnlySpan<byte> segment, long offset) => new(Encoding.Latin1.GetString(segment), offset);

    public int Length => Text.Length;

    /// <summary>The text with its UTF-8 characters; bytes that are none become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Text));

    public Hj212Text Part(int from, int to) => new(Text[from..to], Offset + from);

    public Hj212Text Trim()
    {
        var blanks = Text.Length - Text.TrimStart(' ').Length;
        return new Hj212Text(Text.Trim(' '), Offset + blanks);
    }

    /// <summary>The parts between separators; what stands between <c>//</c> and <c>//</c> is log text and is not looked into.</summary>
    public IEnumerable<Hj212Text> Split(string separators)
    {
        var from = 0;
        for (var at = 0; at < Text.Length; at++)
        {
            if (string.CompareOrdinal(Text, at, "//", 0, 2) == 0 && Text.IndexOf("//", at + 2, StringComparison.Ordinal) is >= 0 and var close)
            {
                at = close + 1;
            }
            else if (separators.Contains(Text[at], StringComparison.Ordinal))
            {
                yield return Part(from, at);
                from = at + 1;
            }
        }

        yield return Part(from, Text.Length);
    }
}
