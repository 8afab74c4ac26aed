using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>
/// The subset of CBOR that payloads use: RFC 8949 section 4.2.1 deterministic encoding, whole numbers, byte and text strings, true, false,
/// arrays, maps with keys 0 to 23, and tag 4 decimals. Nothing else, so that one meaning has one encoding.
/// </summary>
internal static class DeterministicCbor
{
    /// <summary>A writer for payloads; maps and arrays may be begun without a length and are written with it.</summary>
    public static CborWriter Writer() => new(CborConformanceMode.Canonical, convertIndefiniteLengthEncodings: true);

    /// <summary>Whether bytes are one item of the subset; if not, why.</summary>
    public static bool Check(ReadOnlyMemory<byte> bytes, out Refusal? refusal)
    {
        refusal = null;
        var reader = new PayloadReader(bytes);
        try
        {
            reader.Skip();
            if (reader.BytesRemaining == 0)
            {
                return true;
            }

            refusal = new Refusal(RefusalReason.NotDeterministic, $"{reader.BytesRemaining} bytes follow the payload");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            refusal = new Refusal(RefusalReason.NotDeterministic, $"payload, byte {reader.Position}: {e.Message}");
        }

        return false;
    }

    /// <summary>Writes a measured value as tag 4: [exponent, mantissa].</summary>
    public static void WriteDecimal(CborWriter writer, MeasuredValue value)
    {
        writer.WriteTag(CborTag.DecimalFraction);
        writer.WriteStartArray(2);
        writer.WriteInt32(value.Exponent);
        writer.WriteInt64(value.Mantissa);
        writer.WriteEndArray();
    }

    /// <summary>Reads a measured value.</summary>
    /// <exception cref="CborContentException">It is not tag 4 with an exponent −12..0 and |mantissa| below 10^15.</exception>
    public static MeasuredValue ReadDecimal(PayloadReader reader)
    {
        if (reader.ReadTag() != CborTag.DecimalFraction || reader.ReadStartArray() != 2)
        {
            throw new CborContentException("a decimal is tag 4 of [exponent, mantissa]");
        }

        var exponent = reader.ReadInt64();
        var mantissa = reader.ReadInt64();
        return exponent is >= MeasuredValue.MinExponent and <= 0 && MeasuredValue.InRange(mantissa, (int)exponent)
            ? new MeasuredValue(mantissa, (int)exponent)
            : throw new CborContentException("a decimal has an exponent of -12..0 and a mantissa below 10^15");
    }
}
