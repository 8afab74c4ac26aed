using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>A record's payload, decoded as far as this version understands it.</summary>
/// <param name="Header">Who the record is; always understood.</param>
/// <param name="Record">The whole record, or null when it is of a later version or breaks the rules of version 1.</param>
/// <param name="Unmapped">Why <see cref="Record"/> is null. Such a record is kept and receipted; a later catalogue may bring it in.</param>
public sealed record DecodedRecord(RecordHeader Header, StationRecord? Record, string? Unmapped);

/// <summary>Records to payloads and back, as docs/wire.md section "Record" defines.</summary>
public static class RecordCodec
{
    private enum Key
    {
        Version,
        Deployment,
        Station,
        Run,
        Sequence,
        Previous,
        PreviousRun,
        Wall,
        BootMilliseconds,
        Boot,
        Clock,
        Configuration,
        Receipts,
        Kind,
        Body,
    }

    /// <summary>Encodes a record as a payload.</summary>
    /// <exception cref="ArgumentException">The record breaks a rule of docs/wire.md, so that nobody would understand it.</exception>
    public static byte[] Encode(StationRecord record)
    {
        var payload = Write(record);
        return !TryDecode(payload, out var decoded, out var refusal) ? throw new ArgumentException(refusal.Detail, nameof(record))
            : decoded.Unmapped is { } reason ? throw new ArgumentException(reason, nameof(record))
            : payload;
    }

    /// <summary>
    /// Decodes a payload. False only when the members that every version has are not there: then the record has no identity.
    /// </summary>
    /// <param name="payload">A payload in deterministic encoding, as <see cref="Envelope.TryParse"/> guarantees.</param>
    /// <param name="decoded">The header, and the record where this version understands it.</param>
    /// <param name="refusal">Why there is no header, when the result is false.</param>
    public static bool TryDecode(ReadOnlyMemory<byte> payload, out DecodedRecord decoded, out Refusal refusal)
    {
        (decoded, refusal) = (null!, null!);
        RecordHeader header;
        MapReader map;
        try
        {
            map = MapReader.Payload(payload, "record");
            header = ReadHeader(map);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            refusal = new Refusal(RefusalReason.Payload, e.Message);
            return false;
        }

        decoded = header.Version == StationRecord.CurrentVersion ? ReadRest(map, header) : new DecodedRecord(header, null, $"record format version {header.Version} is not known here");
        return true;
    }

    private static byte[] Write(StationRecord record)
    {
        var header = record.Header;
        var writer = DeterministicCbor.Writer();
        writer.WriteStartMap(null);
        writer.Whole(Key.Version, header.Version);
        writer.Text(Key.Deployment, header.Deployment);
        writer.Text(Key.Station, header.Station);
        writer.Bytes(Key.Run, header.Run.ToArray());
        writer.Whole(Key.Sequence, header.Sequence);
        writer.Bytes(Key.Previous, header.Previous?.ToArray());
        if (header.PreviousRun is { } previous)
        {
            writer.WriteInt32((int)Key.PreviousRun);
            writer.WriteStartArray(3);
            writer.WriteByteString(previous.Run.ToArray());
            writer.WriteInt64(previous.Sequence);
            writer.WriteByteString(previous.Digest.ToArray());
            writer.WriteEndArray();
        }

        writer.Whole(Key.Wall, record.Wall.UnixMilliseconds);
        writer.Whole(Key.BootMilliseconds, record.BootMilliseconds);
        writer.Bytes(Key.Boot, record.Boot.ToArray());
        writer.WriteInt32((int)Key.Clock);
        WriteClock(writer, record.Clock);
        writer.Bytes(Key.Configuration, record.Configuration.ToArray());
        writer.Array(Key.Receipts, record.Receipts, WriteReceiptSeen);
        writer.Whole(Key.Kind, (long)BodyCodec.KindOf(record.Body));
        writer.WriteInt32((int)Key.Body);
        BodyCodec.Write(writer, record.Body);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static DecodedRecord ReadRest(MapReader map, RecordHeader header)
    {
        try
        {
            var record = new StationRecord
            {
                Header = header,
                Wall = map.Moment((int)Key.Wall),
                BootMilliseconds = map.Whole((int)Key.BootMilliseconds, 0, long.MaxValue),
                Boot = map.Take((int)Key.Boot, MapReader.ReadLife),
                Clock = map.Take((int)Key.Clock, ReadClock),
                Configuration = map.Take((int)Key.Configuration, MapReader.ReadDigest),
                Receipts = map.Array((int)Key.Receipts, 0, WireLimits.Operators, ReadReceiptSeen),
                Body = BodyCodec.Read(map.Whole((int)Key.Kind, 0, int.MaxValue), map, (int)Key.Body),
            };
            map.End();
            return MapReader.Ascends(record.Receipts, r => r.Operator) ? new DecodedRecord(header, record, null) : throw map.Wrong((int)Key.Receipts, "is not in ordinal order of the operator without repeats");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return new DecodedRecord(header, null, e.Message);
        }
    }

    private static RecordHeader ReadHeader(MapReader map)
    {
        var header = new RecordHeader
        {
            Version = (int)map.Whole((int)Key.Version, 1, int.MaxValue),
            Deployment = map.Text((int)Key.Deployment, WireLimits.Name, Names.IsLowerId),
            Station = map.Text((int)Key.Station, WireLimits.Name, Names.IsStation),
            Run = map.Take((int)Key.Run, MapReader.ReadLife),
            Sequence = map.Whole((int)Key.Sequence, 1, long.MaxValue),
            Previous = map.TakeOptionalValue((int)Key.Previous, MapReader.ReadDigest),
            PreviousRun = map.TakeOptional((int)Key.PreviousRun, ReadPreviousRun),
        };
        if (header.Sequence == 1 == header.Previous.HasValue)
        {
            throw map.Wrong((int)Key.Previous, "must be absent in sequence 1 and present in every other");
        }

        return header.Sequence == 1 || header.PreviousRun is null ? header : throw map.Wrong((int)Key.PreviousRun, "is allowed only in sequence 1");
    }

    private static PreviousRun ReadPreviousRun(PayloadReader reader)
    {
        if (reader.ReadStartArray() != 3)
        {
            throw new CborContentException("a previous run is [run, sequence, digest]");
        }

        var previous = new PreviousRun(MapReader.ReadLife(reader), reader.ReadInt64(), MapReader.ReadDigest(reader));
        return previous.Sequence >= 1 ? previous : throw new CborContentException("a sequence begins at 1");
    }

    private static void WriteClock(CborWriter writer, ClockState clock)
    {
        writer.WriteStartMap(null);
        writer.Whole(0, (long)clock.Status);
        writer.OptionalWhole(1, clock.ErrorMilliseconds);
        writer.Text(2, clock.Source);
        writer.WriteEndMap();
    }

    private static ClockState ReadClock(PayloadReader reader)
    {
        var map = new MapReader(reader, "clock");
        var clock = new ClockState(
            (ClockStatus)map.Whole(0, 0, 2),
            map.Has(1) ? map.Whole(1, 0, long.MaxValue) : null,
            map.Text(2, WireLimits.Unit));
        map.End();
        return clock;
    }

    private static void WriteReceiptSeen(CborWriter writer, ReceiptSeen seen)
    {
        writer.WriteStartArray(2);
        writer.WriteTextString(seen.Operator);
        writer.WriteByteString(seen.Receipt.ToArray());
        writer.WriteEndArray();
    }

    private static ReceiptSeen ReadReceiptSeen(PayloadReader reader)
    {
        if (reader.ReadStartArray() != 2)
        {
            throw new CborContentException("a receipt seen is [operator, digest]");
        }

        var seen = new ReceiptSeen(reader.ReadTextString(), MapReader.ReadDigest(reader));
        return Names.IsLowerId(seen.Operator) ? seen : throw new CborContentException($"'{seen.Operator}' is not an operator id");
    }
}
