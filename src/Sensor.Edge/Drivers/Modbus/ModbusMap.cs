namespace Sensor.Edge.Drivers.Modbus;

/// <summary>A unit's registers as far as they matter: what is read, what state it is in, when its result is from, how it is started.</summary>
/// <param name="Measured">The points that become readings, at least one.</param>
/// <param name="Status">The register that says how the instrument is; null where it has none.</param>
/// <param name="SampleTime">When the result's water was taken, in seconds since 1970 by the instrument's clock; null where it does not tell.</param>
/// <param name="ResultNumber">A number that changes with each result; null where it has none.</param>
/// <param name="Start">What is written or read to start a measurement; null where it measures by itself.</param>
internal sealed record ModbusMap(IReadOnlyList<ModbusMeasured> Measured, ModbusStatus? Status, ModbusPoint? SampleTime, ModbusPoint? ResultNumber, ModbusStart? Start)
{
    /// <summary>What is read at the start, daily and after each failure; a change is an event.</summary>
    public IReadOnlyList<ModbusSetting> Settings { get; init; } = [];

    /// <summary>Every point that is read at a slot.</summary>
    public IEnumerable<ModbusPoint> Points => new[] { Status?.Point, SampleTime, ResultNumber }.OfType<ModbusPoint>().Concat(Measured.Select(m => m.Point));
}

/// <summary>What a status register means.</summary>
/// <param name="Point">Where it stands.</param>
/// <param name="Good">Its values in which readings are normal.</param>
/// <param name="Busy">Its values in which there is no result yet.</param>
/// <param name="Flags">The station's flag for other values; a value in none of the three is a fault.</param>
internal sealed record ModbusStatus(ModbusPoint Point, IReadOnlyList<long> Good, IReadOnlyList<long> Busy, IReadOnlyDictionary<long, string> Flags);

/// <summary>How a measurement is started.</summary>
/// <param name="Function">3 or 4 to read, 6 or 16 to write.</param>
/// <param name="Address">The first register.</param>
/// <param name="Values">What is written.</param>
/// <param name="Count">How many registers are read; 0 for probes that are started by reading none.</param>
/// <param name="Wait">How long the measurement takes.</param>
internal sealed record ModbusStart(byte Function, ushort Address, IReadOnlyList<ushort> Values, ushort Count, TimeSpan Wait);
