using Sensor.Contracts.Documents;

namespace Sensor.Edge.Configuration;

/// <summary>Reads one element of <c>buses</c>; nothing is opened.</summary>
internal static class BusReader
{
    private static readonly string[] Kinds = ["serial", "tcp", "i2c", "gpio"];
    private static readonly string[] Parities = ["none", "even", "odd"];

    public static BusConfiguration Read(StrictObject entry, string id)
    {
        BusConfiguration read = entry.Word("kind", Kinds) switch
        {
            "tcp" => new TcpBusConfiguration { Id = id, Host = entry.Text("host", expected: "a host name or address"), Port = (int)entry.Whole("port", 1, 65_535) },
            "i2c" => new I2cBusConfiguration { Id = id, Number = (int)entry.Whole("number", 0, 255) },
            "gpio" => new GpioBusConfiguration { Id = id, Chip = (int)entry.Whole("chip", 0, 255, 0) },
            _ => Serial(entry, id),
        };
        entry.End();
        return read;
    }

    private static SerialBusConfiguration Serial(StrictObject entry, string id) => new()
    {
        Id = id,
        Device = entry.Text("device", path => path.StartsWith('/'), "the absolute path of a serial device, such as /dev/ttyAMA0"),
        Baud = (int)entry.Whole("baud", 300, 921_600, 9_600),
        DataBits = (int)entry.Whole("dataBits", 7, 8, 8),
        Parity = (SerialParity)Array.IndexOf(Parities, entry.Word("parity", Parities, "none")),
        StopBits = (int)entry.Whole("stopBits", 1, 2, 1),
    };
}
