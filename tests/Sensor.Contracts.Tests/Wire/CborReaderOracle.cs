using System.Formats.Cbor;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>What payloads may be, said a second time with the platform's reader in canonical mode.</summary>
internal static class CborReaderOracle
{
    /// <summary>Whether bytes are one item of the subset that docs/wire.md names.</summary>
    public static bool Accepts(byte[] bytes)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Canonical);
        try
        {
            return Item(reader, 0) && reader.BytesRemaining == 0;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Where the first item of some bytes ends, in any encoding; null where there is none.</summary>
    public static int? EndOfFirst(byte[] bytes)
    {
        try
        {
            return new CborReader(bytes, CborConformanceMode.Lax).ReadEncodedValue(disableConformanceModeChecks: true).Length;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The Sig_structure of RFC 9052, section 4.4.</summary>
    public static byte[] SigStructure(byte[] header, byte[] payload)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(header);
        writer.WriteByteString([]);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static bool Item(CborReader reader, int depth)
    {
        if (depth > WireLimits.Depth)
        {
            return false;
        }

        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger or CborReaderState.ByteString
                or CborReaderState.TextString or CborReaderState.Boolean:
                reader.SkipValue();
                return true;
            case CborReaderState.Tag:
                return Decimal(reader);
            case CborReaderState.StartArray:
                return Elements(reader, depth);
            case CborReaderState.StartMap:
                return Members(reader, depth);
            default:
                return false;
        }
    }

    private static bool Decimal(CborReader reader)
    {
        if (reader.ReadTag() != CborTag.DecimalFraction || reader.ReadStartArray() != 2)
        {
            return false;
        }

        for (var part = 0; part < 2; part++)
        {
            if (reader.PeekState() is not (CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger))
            {
                return false;
            }

            reader.SkipValue();
        }

        reader.ReadEndArray();
        return true;
    }

    private static bool Elements(CborReader reader, int depth)
    {
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (!Item(reader, depth + 1))
            {
                return false;
            }
        }

        reader.ReadEndArray();
        return true;
    }

    private static bool Members(CborReader reader, int depth)
    {
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.PeekState() != CborReaderState.UnsignedInteger || reader.ReadUInt64() > 23 || !Item(reader, depth + 1))
            {
                return false;
            }
        }

        reader.ReadEndMap();
        return true;
    }
}
