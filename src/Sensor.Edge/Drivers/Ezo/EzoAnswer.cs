using System.Text;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Ezo;

/// <summary>What an EZO circuit gave for one read: a status byte, ASCII, a zero.</summary>
/// <param name="Text">The text, or null where there is none.</param>
/// <param name="Reason">Why there is none; null where there is a text.</param>
/// <param name="Detail">The same for a person.</param>
internal sealed record EzoAnswer(string? Text, MissingReason? Reason, string Detail)
{
    /// <summary>More than the longest answer, zero included.</summary>
    public const int Longest = 48;

    /// <summary>Whether the circuit does not know the command, or could not do it.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>Whether the circuit is still working, so that another read may help.</summary>
    public bool IsPending => Reason == MissingReason.Busy;

    public static EzoAnswer Read(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        1 => Ascii(bytes[1..]),
        2 => new EzoAnswer(null, MissingReason.BadAnswer, "it refused the command, status 2") { IsRefused = true },
        254 => new EzoAnswer(null, MissingReason.Busy, "it is still working, status 254"),
        255 => new EzoAnswer(null, MissingReason.NoAnswer, "it has no data, status 255"),
        _ => new EzoAnswer(null, MissingReason.BadAnswer, $"the unknown status {bytes[0]}"),
    };

    private static EzoAnswer Ascii(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return end < 0 || bytes[..end].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)
            ? new EzoAnswer(null, MissingReason.BadAnswer, $"an answer that is no text: {Convert.ToHexString(bytes[..16])}")
            : new EzoAnswer(Encoding.ASCII.GetString(bytes[..end]), null, "");
    }
}
