using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Sensor.Contracts;

/// <summary>The rules for names that travel: station, deployment, operator, section, instrument.</summary>
public static class Names
{
    /// <summary>Whether a text is a station id, <c>[A-Z0-9-]{1,32}</c>.</summary>
    public static bool IsStation(string? text) => Matches(text, 32, c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether a text is a deployment, operator or jurisdiction id, <c>[a-z0-9-]{1,32}</c>.</summary>
    public static bool IsLowerId(string? text) => Matches(text, 32, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether a text is an instrument id, <c>[A-Za-z0-9._-]{1,32}</c>.</summary>
    public static bool IsInstrument(string? text) => Matches(text, 32, c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>
    /// Whether a text names a section: 1 to 64 characters of any script (a national section is called 26#大桥), no control characters,
    /// no space at either end. Where a section stands in an MQTT topic, <see cref="Wire.Topics"/> escapes it.
    /// </summary>
    public static bool IsSection(string? text) => Matches(text, 64, c => !char.IsControl(c)) && text!.Trim().Length == text.Length;

    private static bool Matches(string? text, int longest, Func<char, bool> allowed)
    {
        foreach (var c in text ?? "")
        {
            if (!allowed(c))
            {
                return false;
            }
        }

        return text is { Length: > 0 } && text.Length <= longest;
    }
}

/// <summary>A SHA-256 digest, 32 bytes. The default value is all zeros and stands for nothing.</summary>
public readonly record struct Digest : IComparable<Digest>
{
    /// <summary>The number of bytes of a digest.</summary>
    public const int Size = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <summary>Takes a digest from its 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span does not hold exactly 32 bytes.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>The SHA-256 of some bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return new Digest(hash);
    }

    /// <summary>Whether a text is a digest as <see cref="ToString"/> writes it: 64 lower-case hexadecimal digits.</summary>
    public static bool IsWritten(string text) => text.Length == Size * 2 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads 64 hexadecimal digits of either case; false where the text is something else.</summary>
    public static bool TryParse(string hex, out Digest digest)
    {
        var formed = hex.Length == Size * 2 && hex.All(char.IsAsciiHexDigit);
        digest = formed ? Parse(hex) : default;
        return formed;
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not hexadecimal of that length.</exception>
    public static Digest Parse(string hex) =>
        hex.Length == Size * 2 ? new Digest(Convert.FromHexString(hex)) : throw new FormatException($"A digest has {Size * 2} hexadecimal digits.");

    /// <summary>The 32 bytes, in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Writes the 32 bytes to the begin of a span.</summary>
    internal void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], _low);
    }

    /// <inheritdoc/>
    public int CompareTo(Digest other) => _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() =>
        _high.ToString("x32", CultureInfo.InvariantCulture) + _low.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>
/// 16 bytes that name one life of something: a run (one process life of a station) or a boot of its kernel.
/// The default value is all zeros and stands for nothing.
/// </summary>
public readonly record struct LifeId : IComparable<LifeId>
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    /// <summary>Takes an id from its 16 bytes.</summary>
    /// <exception cref="ArgumentException">The span does not hold exactly 16 bytes.</exception>
    public LifeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A run or boot id has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>A new id from the system's secure random source.</summary>
    public static LifeId Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Whether a text is an id as <see cref="ToString"/> writes it: 32 lower-case hexadecimal digits.</summary>
    public static bool IsWritten(string text) => text.Length == Size * 2 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads 32 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not hexadecimal of that length.</exception>
    public static LifeId Parse(string hex) =>
        hex.Length == Size * 2 ? new LifeId(Convert.FromHexString(hex)) : throw new FormatException($"A run or boot id has {Size * 2} hexadecimal digits.");

    /// <summary>The 16 bytes, in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(LifeId other) => _value.CompareTo(other._value);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);
}
