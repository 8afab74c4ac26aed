using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>The bodies of records: readings, event, loss.</summary>
internal static class BodyCodec
{
    internal enum Kind
    {
        Readings = 1,
        Event = 2,
        Loss = 3,
    }

    public static Kind KindOf(RecordBody body) => body switch
    {
        ReadingsBody => Kind.Readings,
        EventBody => Kind.Event,
        LossBody => Kind.Loss,
        _ => throw new ArgumentException($"{body.GetType().Name} is not a record body.", nameof(body)),
    };

    public static void Write(CborWriter writer, RecordBody body)
    {
        switch (body)
        {
            case ReadingsBody readings:
                WriteReadings(writer, readings);
                break;
            case EventBody happened:
                EventCodec.Write(writer, happened.Event);
                break;
            case LossBody loss:
                WriteLoss(writer, loss);
                break;
        }
    }

    public static RecordBody Read(long kind, MapReader record, int key) => (Kind)kind switch
    {
        Kind.Readings => record.Take(key, ReadReadings),
        Kind.Event => new EventBody(record.Take(key, EventCodec.Read)),
        Kind.Loss => record.Take(key, ReadLoss),
        _ => throw new CborContentException($"record kind {kind} is not known here"),
    };

    private static void WriteReadings(CborWriter writer, ReadingsBody body)
    {
        writer.WriteStartMap(null);
        writer.Whole(0, body.Instant.UnixMilliseconds);
        writer.Array(1, body.Readings, WriteReading);
        writer.WriteEndMap();
    }

    private static ReadingsBody ReadReadings(PayloadReader reader)
    {
        var map = new MapReader(reader, "readings");
        var body = new ReadingsBody(map.Moment(0), map.Array(1, 1, WireLimits.Readings, ReadReading));
        map.End();
        return body;
    }

    private static void WriteReading(CborWriter writer, Reading reading)
    {
        if (reading.Value.HasValue == reading.Missing.HasValue)
        {
            throw new ArgumentException($"A reading of {reading.Parameter} needs exactly one of a value and a reason.", nameof(reading));
        }

        writer.WriteStartMap(null);
        writer.Text(0, reading.Parameter);
        writer.Decimal(1, reading.Value);
        writer.OptionalWhole(2, (long?)reading.Missing);
        writer.Text(3, reading.Unit);
        writer.Text(4, reading.Flag);
        writer.Text(5, reading.Instrument);
        writer.Whole(6, reading.SampledFrom.UnixMilliseconds);
        writer.Whole(7, reading.SampledTo.UnixMilliseconds);
        writer.Whole(8, (long)reading.DatedBy);
        writer.Decimal(9, reading.DetectionLimit);
        writer.Text(10, reading.Raw);
        writer.WriteEndMap();
    }

    private static Reading ReadReading(PayloadReader reader)
    {
        var map = new MapReader(reader, "reading");
        var reading = new Reading
        {
            Parameter = map.Text(0, 6, Parameter.IsWellFormed),
            Value = map.TakeOptionalValue(1, DeterministicCbor.ReadDecimal),
            Missing = map.Has(2) ? (MissingReason)map.Whole(2, 0, (long)MissingReason.NoWater) : null,
            Unit = map.Text(3, WireLimits.Unit),
            Flag = map.Text(4, 2, Flag.IsWellFormed),
            Instrument = map.Text(5, WireLimits.Name, Names.IsInstrument),
            SampledFrom = map.Moment(6),
            SampledTo = map.Moment(7),
            DatedBy = (DatedBy)map.Whole(8, 0, (long)DatedBy.Instrument),
            DetectionLimit = map.TakeOptionalValue(9, DeterministicCbor.ReadDecimal),
            Raw = map.OptionalText(10, WireLimits.Raw),
        };
        map.End();
        if (reading.Value.HasValue == reading.Missing.HasValue)
        {
            throw map.Wrong(1, "exactly one of a value (1) and a reason (2) must be given");
        }

        return reading.SampledFrom <= reading.SampledTo ? reading : throw map.Wrong(7, "lies before the begin of sampling (6)");
    }

    private static void WriteLoss(CborWriter writer, LossBody loss)
    {
        writer.WriteStartMap(null);
        writer.Bytes(0, loss.Run.ToArray());
        writer.Whole(1, loss.First);
        writer.Whole(2, loss.Last);
        writer.Bytes(3, loss.FirstDigest?.ToArray());
        writer.Bytes(4, loss.LastDigest?.ToArray());
        writer.Whole(5, loss.Count);
        writer.Whole(6, (long)loss.Reason);
        writer.WriteEndMap();
    }

    private static LossBody ReadLoss(PayloadReader reader)
    {
        var map = new MapReader(reader, "loss");
        var first = map.Whole(1, 1, long.MaxValue);
        var last = map.Whole(2, first, long.MaxValue);
        var loss = new LossBody
        {
            Run = map.Take(0, MapReader.ReadLife),
            First = first,
            Last = last,
            FirstDigest = map.TakeOptionalValue(3, MapReader.ReadDigest),
            LastDigest = map.TakeOptionalValue(4, MapReader.ReadDigest),
            Count = map.Whole(5, 1, last - first + 1),
            Reason = (LossReason)map.Whole(6, (long)LossReason.Space, (long)LossReason.Corruption),
        };
        map.End();
        return loss;
    }
}
