using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>Events to their maps and back.</summary>
internal static class EventCodec
{
    /// <summary>The keys that each type must have; all others are optional.</summary>
    internal static readonly Dictionary<EventType, int[]> Required = new()
    {
        [EventType.Boot] = [5, 8],
        [EventType.Calibration] = [1, 2, 3, 6, 7],
        [EventType.Check] = [1, 2, 5, 6],
        [EventType.MaintenanceBegin] = [],
        [EventType.MaintenanceEnd] = [],
        [EventType.ConfigurationChange] = [8],
        [EventType.InstrumentSetting] = [1, 5, 8],
        [EventType.ClockStep] = [11, 12],
        [EventType.Power] = [5],
        [EventType.Door] = [5],
        [EventType.CommandObeyed] = [13],
        [EventType.CommandRefused] = [4, 13],
    };

    public static void Write(CborWriter writer, StationEvent happened)
    {
        writer.WriteStartMap(null);
        writer.Whole(0, (long)happened.Type);
        writer.Text(1, happened.Instrument);
        writer.Text(2, happened.Parameter);
        writer.Text(3, happened.Actor);
        writer.Text(4, happened.Note);
        writer.Text(5, happened.Kind);
        if (happened.Passed is { } passed)
        {
            writer.WriteInt32(6);
            writer.WriteBoolean(passed);
        }

        if (happened.Points.Count > 0)
        {
            writer.Array(7, happened.Points, WritePoint);
        }

        writer.Text(8, happened.After);
        writer.Text(9, happened.Before);
        writer.Decimal(10, happened.Level);
        writer.OptionalWhole(11, happened.WallBefore?.UnixMilliseconds);
        writer.OptionalWhole(12, happened.WallAfter?.UnixMilliseconds);
        writer.Bytes(13, happened.Command?.ToArray());
        writer.WriteEndMap();
    }

    public static StationEvent Read(PayloadReader reader)
    {
        var map = new MapReader(reader, "event");
        var type = (EventType)map.Whole(0, (long)EventType.Boot, (long)EventType.CommandRefused);
        foreach (var key in Required[type].Where(key => !map.Has(key)))
        {
            throw map.Wrong(key, $"is missing in an event of type {(int)type}");
        }

        var happened = new StationEvent
        {
            Type = type,
            Instrument = map.OptionalText(1, WireLimits.Name, Names.IsInstrument),
            Parameter = map.OptionalText(2, 6, Parameter.IsWellFormed),
            Actor = map.OptionalText(3, WireLimits.Actor),
            Note = map.OptionalText(4, WireLimits.Note),
            Kind = map.OptionalText(5, WireLimits.Name),
            Passed = map.TakeOptionalValue(6, r => r.ReadBoolean()),
            Points = map.Has(7) ? map.Array(7, 1, WireLimits.Points, ReadPoint) : [],
            After = map.OptionalText(8, WireLimits.Note),
            Before = map.OptionalText(9, WireLimits.Note),
            Level = map.TakeOptionalValue(10, DeterministicCbor.ReadDecimal),
            WallBefore = map.Has(11) ? map.Moment(11) : null,
            WallAfter = map.Has(12) ? map.Moment(12) : null,
            Command = map.TakeOptionalValue(13, ReadCommand),
        };
        map.End();
        return happened;
    }

    private static ReadOnlyMemory<byte> ReadCommand(PayloadReader reader)
    {
        var bytes = reader.ReadByteString();
        return bytes.Length is > 0 and <= WireLimits.Command ? bytes.ToArray() : throw new CborContentException($"a command has 1 to {WireLimits.Command} bytes");
    }

    private static void WritePoint(CborWriter writer, CalibrationPoint point)
    {
        writer.WriteStartMap(null);
        writer.Decimal(0, point.Standard);
        writer.Decimal(1, point.Before);
        writer.Decimal(2, point.After);
        writer.WriteEndMap();
    }

    private static CalibrationPoint ReadPoint(PayloadReader reader)
    {
        var map = new MapReader(reader, "point");
        var point = new CalibrationPoint(
            map.Take(0, DeterministicCbor.ReadDecimal),
            map.TakeOptionalValue(1, DeterministicCbor.ReadDecimal),
            map.TakeOptionalValue(2, DeterministicCbor.ReadDecimal));
        map.End();
        return point;
    }
}
