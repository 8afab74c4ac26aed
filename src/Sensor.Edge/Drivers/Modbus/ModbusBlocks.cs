using Sensor.Edge.Buses.Modbus;

namespace Sensor.Edge.Drivers.Modbus;

/// <summary>Registers that one question reads.</summary>
/// <param name="Function">The function, 1 to 4.</param>
/// <param name="Address">The first register or bit.</param>
/// <param name="Count">How many.</param>
internal sealed record ModbusBlock(byte Function, ushort Address, int Count)
{
    public ModbusRequest Request(byte unit) => ModbusRequest.Read(unit, Function, Address, (ushort)Count);

    public bool Holds(ModbusPoint point) => point.Function == Function && point.Address >= Address && point.Address + point.Count <= Address + Count;

    /// <summary>The bytes of a point in the data of the block.</summary>
    public byte[] Of(ModbusPoint point, byte[] data)
    {
        var at = point.Address - Address;
        return point.ReadsBits ? [(byte)((data[at / 8] >> (at % 8)) & 1)] : point.Sorted(data.AsSpan(2 * at, 2 * point.Count));
    }

    /// <summary>
    /// The fewest questions that read some points and nothing else: a register between two points may be one that the unit does not have, and
    /// some units fall silent when asked for it.
    /// </summary>
    public static IReadOnlyList<ModbusBlock> Of(IEnumerable<ModbusPoint> points, int most)
    {
        var blocks = new List<ModbusBlock>();
        foreach (var point in points.OrderBy(p => p.Function).ThenBy(p => p.Address))
        {
            if (blocks is [.., var last] && last.Function == point.Function && point.Address <= last.Address + last.Count
                && Math.Max(last.Count, point.Address + point.Count - last.Address) is var joined && joined <= most)
            {
                blocks[^1] = last with { Count = joined };
            }
            else
            {
                blocks.Add(new ModbusBlock(point.Function, point.Address, point.Count));
            }
        }

        return blocks;
    }
}
