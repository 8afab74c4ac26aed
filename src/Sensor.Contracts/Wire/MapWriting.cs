using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>Writes members of payload maps; a null member is left out.</summary>
internal static class MapWriting
{
    public static void Whole<TKey>(this CborWriter writer, TKey key, long value)
        where TKey : struct, IConvertible
    {
        writer.Key(key);
        writer.WriteInt64(value);
    }

    public static void OptionalWhole<TKey>(this CborWriter writer, TKey key, long? value)
        where TKey : struct, IConvertible
    {
        if (value is { } given)
        {
            writer.Whole(key, given);
        }
    }

    public static void Text<TKey>(this CborWriter writer, TKey key, string? value)
        where TKey : struct, IConvertible
    {
        if (value is not null)
        {
            writer.Key(key);
            writer.WriteTextString(value);
        }
    }

    public static void Bytes<TKey>(this CborWriter writer, TKey key, byte[]? value)
        where TKey : struct, IConvertible
    {
        if (value is not null)
        {
            writer.Key(key);
            writer.WriteByteString(value);
        }
    }

    public static void Decimal<TKey>(this CborWriter writer, TKey key, MeasuredValue? value)
        where TKey : struct, IConvertible
    {
        if (value is { } given)
        {
            writer.Key(key);
            DeterministicCbor.WriteDecimal(writer, given);
        }
    }

    public static void Array<TKey, T>(this CborWriter writer, TKey key, IReadOnlyList<T> elements, Action<CborWriter, T> write)
        where TKey : struct, IConvertible
    {
        writer.Key(key);
        writer.WriteStartArray(elements.Count);
        foreach (var element in elements)
        {
            write(writer, element);
        }

        writer.WriteEndArray();
    }

    private static void Key<TKey>(this CborWriter writer, TKey key)
        where TKey : struct, IConvertible => writer.WriteInt32(key.ToInt32(null));
}
