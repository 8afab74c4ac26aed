using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Text;

namespace Sensor.Contracts.Wire;

/// <summary>
/// Reads the subset of CBOR that payloads use, item by item, and refuses every other encoding as it goes: lengths and numbers that are not in their
/// shortest form, indefinite lengths, keys that do not ascend from 0 to 23, other tags than 4, text that is not UTF-8.
/// </summary>
/// <remarks>
/// It accepts what a <see cref="CborReader"/> in canonical mode accepts of the subset, at a fraction of its cost: most of what a receiver does with a
/// record is to read it. One thread at a time.
/// </remarks>
internal sealed class PayloadReader(ReadOnlyMemory<byte> bytes)
{
    private const int Unsigned = 0, Negative = 1, Bytes = 2, Text = 3, Array = 4, Map = 5, Tag = 6, Simple = 7;
    private const int False = 20, True = 21;
    private const int GreatestKey = 23;
    private static readonly string[] Names = ["a whole number", "a negative number", "a byte string", "a text", "an array", "a map", "a tag", "a simple value"];
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Where the next item begins.</summary>
    public int Position { get; set; }

    /// <summary>The bytes from there to the end.</summary>
    public int BytesRemaining => bytes.Length - Position;

    /// <summary>Begins a map and gives the number of its members, each a key and an item.</summary>
    public int ReadStartMap() => Count(Map);

    /// <summary>Begins an array and gives the number of its elements.</summary>
    public int ReadStartArray() => Count(Array);

    /// <summary>Reads a tag.</summary>
    public CborTag ReadTag() => (CborTag)Expect(Tag);

    /// <summary>Reads a key of a map, which must be greater than the one before; −1 before the first.</summary>
    public int ReadKey(int before)
    {
        var argument = Head(out var major);
        return major != Unsigned || argument > GreatestKey ? throw new CborContentException("map keys are whole numbers from 0 to 23")
            : (int)argument > before ? (int)argument
            : throw new CborContentException("map keys ascend and do not repeat");
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="OverflowException">It needs more than 64 bits with its sign.</exception>
    public long ReadInt64()
    {
        var argument = Head(out var major);
        return major > Negative ? throw Other(major, Unsigned)
            : argument > long.MaxValue ? throw new OverflowException("the number needs more than 64 bits")
            : major == Unsigned ? (long)argument : -1 - (long)argument;
    }

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean()
    {
        var argument = Head(out var major);
        return major == Simple ? argument == True : throw Other(major, Simple);
    }

    /// <summary>Reads a text.</summary>
    public string ReadTextString()
    {
        try
        {
            return Strict.GetString(Slice(Text).Span);
        }
        catch (DecoderFallbackException e)
        {
            throw new CborContentException("a text is not UTF-8: " + e.Message, e);
        }
    }

    /// <summary>Reads a byte string, as a part of what is read.</summary>
    public ReadOnlyMemory<byte> ReadByteString() => Slice(Bytes);

    /// <summary>Passes over one item and everything in it.</summary>
    /// <param name="depth">How many arrays and maps enclose it.</param>
    public void Skip(int depth = 0)
    {
        if (depth > WireLimits.Depth)
        {
            throw new CborContentException($"nested deeper than {WireLimits.Depth}");
        }

        var argument = Head(out var major);
        switch (major)
        {
            case Bytes:
                Take(argument);
                break;
            case Text:
                SkipText(argument);
                break;
            case Array:
                SkipArray(Fitting(argument), depth);
                break;
            case Map:
                SkipMap(Fitting(argument), depth);
                break;
            case Tag:
                SkipDecimal(argument);
                break;
            default:
                // Numbers, true and false are their head.
                break;
        }
    }

    private void SkipText(ulong length)
    {
        if (!System.Text.Unicode.Utf8.IsValid(Take(length).Span))
        {
            throw new CborContentException("a text is not UTF-8");
        }
    }

    private void SkipArray(int count, int depth)
    {
        for (var i = 0; i < count; i++)
        {
            Skip(depth + 1);
        }
    }

    private void SkipMap(int count, int depth)
    {
        var key = -1;
        for (var i = 0; i < count; i++)
        {
            key = ReadKey(key);
            Skip(depth + 1);
        }
    }

    /// <summary>Only the form: which range a decimal may have is for the version of the payload to say.</summary>
    private void SkipDecimal(ulong tag)
    {
        if ((CborTag)tag != CborTag.DecimalFraction || Head(out var major) != 2 || major != Array)
        {
            throw new CborContentException("the only tag in payloads is 4, of [exponent, mantissa]");
        }

        for (var part = 0; part < 2; part++)
        {
            Head(out major);
            if (major > Negative)
            {
                throw new CborContentException("the parts of a decimal are whole numbers");
            }
        }
    }

    private ulong Expect(int wanted)
    {
        var argument = Head(out var major);
        return major == wanted ? argument : throw Other(major, wanted);
    }

    private int Count(int major) => Fitting(Expect(major));

    private ReadOnlyMemory<byte> Slice(int major) => Take(Expect(major));

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        var taken = bytes.Slice(Position, Fitting(length));
        Position += taken.Length;
        return taken;
    }

    // Every element takes a byte at least; what claims more cannot be there.
    private int Fitting(ulong count) => count <= (ulong)BytesRemaining ? (int)count : throw new CborContentException($"{count} bytes or elements are said to follow where {BytesRemaining} bytes are left");

    /// <summary>The first bytes of an item: its type, and a number that is its value, its length or its count.</summary>
    private ulong Head(out int major)
    {
        var rest = bytes.Span[Position..];
        if (rest.IsEmpty)
        {
            throw new CborContentException("the bytes end where an item should begin");
        }

        (major, var info) = (rest[0] >> 5, rest[0] & 0x1f);
        if (major == Simple)
        {
            Position++;
            return info is False or True ? (ulong)info : throw new CborContentException("of floating-point and simple values only true and false are used in payloads");
        }

        if (info < 24)
        {
            Position++;
            return (ulong)info;
        }

        return info <= 27 ? Long(rest[1..], 1 << (info - 24)) : throw new CborContentException("lengths are definite");
    }

    private ulong Long(ReadOnlySpan<byte> rest, int size)
    {
        if (rest.Length < size)
        {
            throw new CborContentException("the bytes end within an item");
        }

        var (value, least) = size switch
        {
            1 => ((ulong)rest[0], 24UL),
            2 => (BinaryPrimitives.ReadUInt16BigEndian(rest), 1UL << 8),
            4 => (BinaryPrimitives.ReadUInt32BigEndian(rest), 1UL << 16),
            _ => (BinaryPrimitives.ReadUInt64BigEndian(rest), 1UL << 32),
        };
        Position += 1 + size;
        return value >= least ? value : throw new CborContentException($"{value} is not in its shortest form");
    }

    private static InvalidOperationException Other(int found, int wanted) => new($"{Names[found]} stands where {Names[wanted]} should");
}
