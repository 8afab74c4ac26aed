using System.Globalization;
using System.Text;

namespace Sensor.Contracts.Hj212;

/// <summary>Writes frames.</summary>
public static class Hj212Writer
{
    /// <summary>A whole frame with CR LF; the length counts bytes.</summary>
    /// <exception cref="ArgumentException">The data segment would be longer than <see cref="Hj212FrameCutter.LongestSegment"/>.</exception>
    public static byte[] Frame(Hj212Message message)
    {
        var segment = Encoding.UTF8.GetBytes(Segment(message));
        if (segment.Length > Hj212FrameCutter.LongestSegment)
        {
            throw new ArgumentException($"The data segment would have {segment.Length} bytes, more than {Hj212FrameCutter.LongestSegment}.", nameof(message));
        }

        var (length, checksum) = (segment.Length.ToString("D4", CultureInfo.InvariantCulture), Hj212Crc.Of(segment).ToString("X4", CultureInfo.InvariantCulture));
        return [.. "##"u8, .. Encoding.ASCII.GetBytes(length), .. segment, .. Encoding.ASCII.GetBytes(checksum), .. "\r\n"u8];
    }

    /// <summary>The data segment, in the order of the standard.</summary>
    public static string Segment(Hj212Message message)
    {
        (string Name, string? Value)[] fields =
        [
            ("QN", message.Exchange), ("ST", message.System), ("CN", message.Command), ("PW", message.Password), ("MN", message.Station),
            ("Flag", Digits(message.Flag)), ("PNUM", Digits(message.Packets)), ("PNO", Digits(message.Packet)),
        ];
        var header = fields.Where(f => f.Value is not null).Select(f => new Hj212Field(f.Name, f.Value!)).Concat(message.Others);
        return $"{string.Concat(header.Select(f => f + ";"))}CP=&&{string.Join(';', message.Items)}&&";
    }

    private static string? Digits(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
