using System.Formats.Cbor;
using System.Runtime.CompilerServices;

namespace Sensor.Contracts.Wire;

/// <summary>
/// Reads one payload map by key. Keys come in ascending order; a key that was not asked for is a mistake, since version 1 has no room for it.
/// Every mistake throws <see cref="CborContentException"/> with the key, which the codecs turn into a <see cref="Refusal"/>.
/// </summary>
internal sealed class MapReader
{
    private const int Keys = 24;
    private readonly PayloadReader _reader;
    private readonly string _name;

    // Where each member begins; 0 where there is none, since a map begins before its members.
    private Places _places;

    public MapReader(PayloadReader reader, string name)
    {
        (_reader, _name) = (reader, name);
        var key = -1;
        for (var rest = reader.ReadStartMap(); rest > 0; rest--)
        {
            key = reader.ReadKey(key);
            _places[key] = reader.Position;
            reader.Skip();
        }
    }

    /// <summary>Reads a payload that is one map and nothing else.</summary>
    public static MapReader Payload(ReadOnlyMemory<byte> payload, string name)
    {
        var reader = new PayloadReader(payload);
        var map = new MapReader(reader, name);
        return reader.BytesRemaining == 0 ? map : throw new CborContentException($"{name}: {reader.BytesRemaining} bytes follow the payload");
    }

    /// <summary>Whether a member is present and was not taken.</summary>
    public bool Has(int key) => _places[key] > 0;

    /// <summary>Takes a member that must be present.</summary>
    public T Take<T>(int key, Func<PayloadReader, T> read)
    {
        if (!Has(key))
        {
            throw Wrong(key, "is missing");
        }

        // The reader is shared with whoever reads the map around this one, and goes back to where that one is.
        var around = _reader.Position;
        (_reader.Position, _places[key]) = (_places[key], 0);
        try
        {
            return read(_reader);
        }
        catch (Exception e) when (e is InvalidOperationException or OverflowException or ArgumentException)
        {
            throw Wrong(key, "has the wrong type or range: " + e.Message);
        }
        finally
        {
            _reader.Position = around;
        }
    }

    /// <summary>Takes a member that may be absent.</summary>
    public T? TakeOptional<T>(int key, Func<PayloadReader, T> read)
        where T : class => Has(key) ? Take(key, read) : null;

    /// <summary>Takes a member that may be absent.</summary>
    public T? TakeOptionalValue<T>(int key, Func<PayloadReader, T> read)
        where T : struct => Has(key) ? Take(key, read) : null;

    /// <summary>Takes a text of 1 to <paramref name="longest"/> bytes that satisfies <see cref="WireText"/> and a rule.</summary>
    public string Text(int key, int longest, Func<string, bool>? rule = null)
    {
        var text = Take(key, r => r.ReadTextString());
        return WireText.IsAllowed(text, longest) && (rule is null || rule(text)) ? text : throw Wrong(key, "is not an allowed text");
    }

    /// <summary>Takes a text that may be absent.</summary>
    public string? OptionalText(int key, int longest, Func<string, bool>? rule = null) => Has(key) ? Text(key, longest, rule) : null;

    /// <summary>Takes a whole number within bounds.</summary>
    public long Whole(int key, long least, long most)
    {
        var number = Take(key, r => r.ReadInt64());
        return number >= least && number <= most ? number : throw Wrong(key, $"is not from {least} to {most}");
    }

    /// <summary>Takes a moment.</summary>
    public Instant Moment(int key)
    {
        var number = Take(key, r => r.ReadInt64());
        return Instant.InRange(number) ? new Instant(number) : throw Wrong(key, "is not a moment of the years 1 to 9999");
    }

    /// <summary>Takes an array of at most <paramref name="most"/> elements.</summary>
    public IReadOnlyList<T> Array<T>(int key, int least, int most, Func<PayloadReader, T> read) => Take(key, reader =>
    {
        var length = reader.ReadStartArray();
        if (length < least || length > most)
        {
            throw Wrong(key, $"has {length} elements, not {least} to {most}");
        }

        var elements = new List<T>(length);
        for (var i = 0; i < length; i++)
        {
            elements.Add(read(reader));
        }

        return elements;
    });

    /// <summary>Refuses members that nobody took.</summary>
    public void End()
    {
        for (var key = 0; key < Keys; key++)
        {
            if (Has(key))
            {
                throw Wrong(key, "is not a member of this version");
            }
        }
    }

    /// <summary>The exception for a member.</summary>
    public CborContentException Wrong(int key, string what) => new($"{_name}, key {key}: {what}");

    /// <summary>Whether elements stand in ordinal order of a name without repeats, the one order a list of them may have.</summary>
    public static bool Ascends<T>(IReadOnlyList<T> elements, Func<T, string> name) =>
        elements.Count < 2 || elements.Zip(elements.Skip(1), (a, b) => string.CompareOrdinal(name(a), name(b)) < 0).All(less => less);

    public static Digest ReadDigest(PayloadReader reader) => new(reader.ReadByteString().Span);

    public static LifeId ReadLife(PayloadReader reader) => new(reader.ReadByteString().Span);

    [InlineArray(Keys)]
    private struct Places
    {
        private int _first;
    }
}
