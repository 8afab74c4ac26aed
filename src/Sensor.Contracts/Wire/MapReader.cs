using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>
/// Reads one payload map by key. Keys come in ascending order; a key that was not asked for is a mistake, since version 1 has no room for it.
/// Every mistake throws <see cref="CborContentException"/> with the key, which the codecs turn into a <see cref="Refusal"/>.
/// </summary>
internal sealed class MapReader
{
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _members = [];
    private readonly string _name;

    public MapReader(CborReader reader, string name)
    {
        _name = name;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            _members.Add((int)reader.ReadUInt32(), reader.ReadEncodedValue());
        }

        reader.ReadEndMap();
    }

    /// <summary>Reads a payload that is one map and nothing else.</summary>
    public static MapReader Payload(ReadOnlyMemory<byte> payload, string name)
    {
        var reader = DeterministicCbor.Reader(payload);
        var map = new MapReader(reader, name);
        return reader.BytesRemaining == 0 ? map : throw new CborContentException($"{name}: {reader.BytesRemaining} bytes follow the payload");
    }

    /// <summary>Whether a member is present.</summary>
    public bool Has(int key) => _members.ContainsKey(key);

    /// <summary>Takes a member that must be present.</summary>
    public T Take<T>(int key, Func<CborReader, T> read)
    {
        if (!_members.Remove(key, out var bytes))
        {
            throw Wrong(key, "is missing");
        }

        try
        {
            return read(DeterministicCbor.Reader(bytes));
        }
        catch (Exception e) when (e is InvalidOperationException or OverflowException or ArgumentException)
        {
            throw Wrong(key, "has the wrong type or range: " + e.Message);
        }
    }

    /// <summary>Takes a member that may be absent.</summary>
    public T? TakeOptional<T>(int key, Func<CborReader, T> read)
        where T : class => Has(key) ? Take(key, read) : null;

    /// <summary>Takes a member that may be absent.</summary>
    public T? TakeOptionalValue<T>(int key, Func<CborReader, T> read)
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
    public IReadOnlyList<T> Array<T>(int key, int least, int most, Func<CborReader, T> read) => Take(key, reader =>
    {
        var length = reader.ReadStartArray() ?? 0;
        if (length < least || length > most)
        {
            throw Wrong(key, $"has {length} elements, not {least} to {most}");
        }

        var elements = new List<T>(length);
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            elements.Add(read(reader));
        }

        reader.ReadEndArray();
        return elements;
    });

    /// <summary>Refuses members that nobody took.</summary>
    public void End()
    {
        if (_members.Count > 0)
        {
            throw Wrong(_members.Keys.Min(), "is not a member of this version");
        }
    }

    /// <summary>The exception for a member.</summary>
    public CborContentException Wrong(int key, string what) => new($"{_name}, key {key}: {what}");

    /// <summary>Whether elements stand in ordinal order of a name without repeats, the one order a list of them may have.</summary>
    public static bool Ascends<T>(IReadOnlyList<T> elements, Func<T, string> name) =>
        elements.Zip(elements.Skip(1), (a, b) => string.CompareOrdinal(name(a), name(b)) < 0).All(less => less);

    public static Digest ReadDigest(CborReader reader) => new(reader.ReadByteString());

    public static LifeId ReadLife(CborReader reader) => new(reader.ReadByteString());
}
