using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Modbus;

/// <summary>Turns the registers of a unit into a reply, by its map.</summary>
internal sealed class ModbusReadings(ModbusMap map, string instrument)
{
    /// <summary>1 January 2000; an instrument that says an earlier time has lost its clock.</summary>
    private const long FirstSecond = 946_684_800;

    /// <summary>What the registers come to.</summary>
    /// <param name="bytes">The bytes of a point, the most significant first.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="before">What of the instrument is on record.</param>
    /// <param name="water">When the water was taken, by the station's clock.</param>
    public DriverReply Of(Func<ModbusPoint, byte[]> bytes, Instant slot, ModbusPosition before, (Instant From, Instant To) water)
    {
        long? Whole(ModbusPoint? point) => point is not null && ModbusNumbers.TryRead(point.Type, bytes(point), out var number) ? number.Mantissa : null;
        var (status, sampled, number) = (Whole(map.Status?.Point), Whole(map.SampleTime), Whole(map.ResultNumber));
        if (map.Status is { } meaning && status is { } now && meaning.Busy.Contains(now))
        {
            return new DriverReply.Failed(FailureKind.Transient, MissingReason.Busy, $"status {now}: busy");
        }

        if (map.SampleTime is not null && sampled is not >= FirstSecond)
        {
            return new DriverReply.Failed(FailureKind.Faulted, MissingReason.BadAnswer, $"the sample time {sampled} is before 2000");
        }

        var result = sampled is null && number is null ? null : string.Create(CultureInfo.InvariantCulture, $"{sampled} {number}");
        if (result is not null && result == before.Result)
        {
            return new DriverReply.Unchanged();
        }

        var moment = sampled is { } seconds ? new Instant(1000 * seconds) : (Instant?)null;
        var span = moment is { } own ? (own, own) : water;
        return new DriverReply.Sampled(moment ?? slot, [.. map.Measured.Select(m => Reading(m, bytes(m.Point), status, span, moment is not null))], (before with { Result = result }).Text);
    }

    private Reading Reading(ModbusMeasured measured, byte[] sorted, long? status, (Instant From, Instant To) water, bool ownClock)
    {
        var isNumber = ModbusNumbers.TryRead(measured.Point.Type, sorted, out var number);
        var (flag, missing) = Judge(measured, status, isNumber, number);
        var value = missing is null && ModbusNumbers.TryScale(number, measured.Factor, out var scaled) ? scaled : (MeasuredValue?)null;
        return new Reading
        {
            Parameter = measured.Parameter,
            Value = value,
            Missing = value is null ? missing ?? MissingReason.NotRepresentable : null,
            Unit = measured.Unit,
            Flag = flag,
            Instrument = instrument,
            SampledFrom = water.From,
            SampledTo = water.To < water.From ? water.From : water.To,
            DatedBy = ownClock ? DatedBy.Instrument : DatedBy.Station,
            Raw = status is { } s ? string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(sorted)} status {s}") : Convert.ToHexString(sorted),
        };
    }

    private (string Flag, MissingReason? Missing) Judge(ModbusMeasured measured, long? status, bool isNumber, MeasuredValue number)
    {
        var meaning = map.Status;
        if (meaning is not null && (status is not { } known || !(meaning.Good.Contains(known) || meaning.Flags.ContainsKey(known))))
        {
            return ("D", MissingReason.Fault);
        }

        return !isNumber ? ("D", MissingReason.NotRepresentable)
            : measured.NoValue.Any(none => ModbusNumbers.IsSame(none, number)) ? ("F", MissingReason.NotReported)
            : (meaning is not null && meaning.Flags.TryGetValue(status!.Value, out var flag) ? flag : "N", null);
    }
}
