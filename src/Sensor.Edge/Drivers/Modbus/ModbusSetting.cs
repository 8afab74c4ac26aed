using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses.Modbus;

namespace Sensor.Edge.Drivers.Modbus;

/// <summary>Registers that should not change by themselves, such as slope, intercept, range or firmware. They are kept as they stand, without a meaning.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Block">Where they stand.</param>
internal sealed record ModbusSetting(string Name, ModbusBlock Block)
{
    // All settings together fit into one event, whatever their names.
    private const int Most = 8;
    private const int MostRegisters = 4;
    private const int LongestName = 16;

    private static readonly string[] Functions = ["holding", "input"];

    public static IReadOnlyList<ModbusSetting> Read(StrictObject json)
    {
        var settings = json.Children("settings").Select(ReadOne).ToList();
        if (settings.Count > Most)
        {
            json.Problem("settings", $"has {settings.Count} members", $"Give at most {Most}, those on which the result depends");
        }

        foreach (var twice in settings.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            json.Problem("settings", $"has {twice.Count()} members of the name {twice.Key}", "Give each its own name");
        }

        return settings;
    }

    /// <summary>The setting with the registers in the order of the wire, such as <c>slope=3F800000</c>.</summary>
    public string With(byte[] registers) => $"{Name}={Convert.ToHexString(registers)}";

    private static ModbusSetting ReadOne(StrictObject json)
    {
        var setting = new ModbusSetting(
            json.Text("name", text => text.Length <= LongestName && Names.IsInstrument(text), $"a name of 1 to {LongestName} letters, digits, '.', '_' and '-'"),
            new ModbusBlock((byte)(ModbusRequest.ReadHolding + Array.IndexOf(Functions, json.Word("function", Functions))), (ushort)json.Whole("address", 0, ushort.MaxValue), (int)json.Whole("count", 1, MostRegisters, 1)));
        json.End();
        return setting;
    }
}
