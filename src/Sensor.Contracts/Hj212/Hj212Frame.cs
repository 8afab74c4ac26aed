using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Sensor.Contracts.Hj212;

/// <summary>Where the parts of a frame stand, for bytes that begin with <c>##</c>.</summary>
internal static class Hj212Frame
{
    /// <summary>Where the length begins.</summary>
    public const int LengthAt = 2;

    /// <summary>What stands before the data segment.</summary>
    public const int Head = 6;

    /// <summary>What stands before and after the data segment, without CR LF.</summary>
    public const int Around = Head + 4;

    /// <summary>The length that the frame states, or null when it is not four digits.</summary>
    public static int? Length(ReadOnlySpan<byte> frame)
    {
        var digits = frame[LengthAt..Head];
        return digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? null : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> frame, int length) => frame.Slice(Head, length);

    /// <summary>The checksum that the frame states, or null when it is not four hexadecimal digits.</summary>
    public static ushort? Checksum(ReadOnlySpan<byte> frame, int length) =>
        Utf8Parser.TryParse(frame.Slice(Head + length, 4), out ushort value, out var used, 'X') && used == 4 ? value : null;

    /// <summary>Whether the checksum of a data segment of this length is the stated one.</summary>
    public static bool Holds(ReadOnlySpan<byte> frame, int length) => Checksum(frame, length) == Hj212Crc.Of(Segment(frame, length));

    /// <summary>How many UTF-16 characters a data segment has, or null when it is not UTF-8.</summary>
    public static int? Characters(ReadOnlySpan<byte> frame, int length) =>
        Utf8.IsValid(Segment(frame, length)) ? Encoding.UTF8.GetCharCount(Segment(frame, length)) : null;

    /// <summary>The length of the data segment by its look: up to the first <c>&amp;&amp;</c> with four hexadecimal digits and an end of line after it.</summary>
    /// <param name="frame">The bytes.</param>
    /// <param name="atEnd">Whether the end of the bytes ends the line too.</param>
    public static int? End(ReadOnlySpan<byte> frame, bool atEnd)
    {
        for (var at = Head; at + 6 <= frame.Length; at++)
        {
            var length = at + 2 - Head;
            var after = frame[(at + 6)..];
            if (frame[at..].StartsWith("&&"u8) && Checksum(frame, length) is not null && (after.IsEmpty ? atEnd : after[0] is (byte)'\r' or (byte)'\n' or (byte)'#'))
            {
                return length;
            }
        }

        return null;
    }
}
