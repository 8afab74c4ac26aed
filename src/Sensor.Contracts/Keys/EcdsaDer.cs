namespace Sensor.Contracts.Keys;

/// <summary>The two forms of a P-256 signature: r ‖ s in 64 bytes, and the ASN.1 SEQUENCE of two INTEGERs in DER.</summary>
internal static class EcdsaDer
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const int Half = 32;

    /// <summary>DER from r ‖ s.</summary>
    public static byte[] FromFixed(ReadOnlySpan<byte> signature)
    {
        byte[] numbers = [.. Number(signature[..Half]), .. Number(signature[Half..])];
        return [Sequence, (byte)numbers.Length, .. numbers];
    }

    /// <summary>r ‖ s from DER; null where the bytes are not the one DER form of two positive numbers of at most 32 bytes.</summary>
    public static byte[]? ToFixed(ReadOnlySpan<byte> der)
    {
        var signature = new byte[2 * Half];
        if (der.Length is < 8 or > 72 || der[0] != Sequence || der[1] != der.Length - 2)
        {
            return null;
        }

        var rest = der[2..];
        return TakeNumber(ref rest, signature.AsSpan(0, Half)) && TakeNumber(ref rest, signature.AsSpan(Half)) && rest.IsEmpty && FromFixed(signature).AsSpan().SequenceEqual(der) ? signature : null;
    }

    private static byte[] Number(ReadOnlySpan<byte> bytes)
    {
        var digits = bytes.TrimStart((byte)0);
        byte[] sign = digits.IsEmpty || digits[0] >= 0x80 ? [0] : [];
        return [Integer, (byte)(sign.Length + digits.Length), .. sign, .. digits];
    }

    private static bool TakeNumber(ref ReadOnlySpan<byte> der, Span<byte> half)
    {
        if (der.Length < 3 || der[0] != Integer || der[1] is 0 or > Half + 1 || der.Length < 2 + der[1])
        {
            return false;
        }

        var digits = der.Slice(2, der[1]).TrimStart((byte)0);
        der = der[(2 + der[1])..];
        if (digits.Length > Half)
        {
            return false;
        }

        digits.CopyTo(half[(Half - digits.Length)..]);
        return true;
    }
}
