using System.Device.I2c;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Commands;

/// <summary>Looks at buses: whether each can be opened, and what answers on it.</summary>
internal static class BusExamination
{
    private const int FirstAddress = 0x08;
    private const int LastAddress = 0x77;
    private const string OneWire = "sys/bus/w1/devices";

    /// <summary>Addresses at which parts of this station's drivers usually stand.</summary>
    private static readonly (int First, int Last, string Name)[] Usual =
    [
        (0x40, 0x45, "INA219"), (0x48, 0x4B, "ADS1115"), (0x61, 0x61, "EZO-DO"), (0x62, 0x62, "EZO-ORP"), (0x63, 0x63, "EZO-pH"), (0x64, 0x64, "EZO-EC"), (0x66, 0x66, "EZO-RTD"), (0x68, 0x68, "DS3231"),
    ];

    public static async Task<Finding> OfAsync(BusConfiguration bus, StationBuses buses, CancellationToken cancellation)
    {
        var subject = $"bus {bus.Id}";
        try
        {
            return bus switch
            {
                I2cBusConfiguration => Finding.Good(subject, Scan(buses.I2c(bus.Id))),
                GpioBusConfiguration gpio => Finding.Good(subject, $"GPIO chip {gpio.Chip} has {buses.Gpio(bus.Id).PinCount} lines"),
                _ => Finding.Good(subject, await buses.Line(bus.Id).UseAsync((_, _) => Task.FromResult("opens"), cancellation).ConfigureAwait(false)),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Finding(FindingGrade.Wrong, subject, e.Message.TrimEnd('.'), Remedy(bus));
        }
    }

    /// <summary>Every address that acknowledges a read, with what usually stands there.</summary>
    public static string Scan(I2cBus bus)
    {
        var found = Enumerable.Range(FirstAddress, LastAddress - FirstAddress + 1).Where(address => Answers(bus, address)).Select(Name).ToList();
        return found.Count == 0 ? "nothing answers" : "answers at " + string.Join(", ", found);
    }

    /// <summary>The 1-Wire probes that the kernel knows; null where it serves no 1-Wire bus.</summary>
    public static Finding? OneWireProbes(string root)
    {
        var folder = Path.Combine(root, OneWire);
        var probes = Directory.Exists(folder) ? Directory.GetDirectories(folder, "28-*").Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal).ToList() : null;
        return probes is null ? null
            : probes.Count > 0 ? Finding.Good("1-Wire", "probes " + string.Join(", ", probes))
            : new Finding(FindingGrade.Doubtful, "1-Wire", "the kernel serves the bus, and no probe is on it", "Check data line, ground and the 4.7 kOhm resistor");
    }

    private static bool Answers(I2cBus bus, int address)
    {
        try
        {
            using var device = bus.CreateDevice(address);
            device.ReadByte();
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Name(int address)
    {
        var usual = Usual.Where(u => address >= u.First && address <= u.Last).Select(u => u.Name).FirstOrDefault();
        return $"0x{address:X2}{(usual is null ? "" : $" (usually {usual})")}";
    }

    private static string Remedy(BusConfiguration bus) => bus switch
    {
        I2cBusConfiguration => "Switch the bus on (dtparam=i2c_arm=on) and put the user into the group i2c",
        GpioBusConfiguration => "Install libgpiod and put the user into the group gpio",
        SerialBusConfiguration => "Check the device and its cable, stop whoever else uses it, and put the user into the group dialout",
        _ => "Check address, port and network of the gateway or instrument",
    };
}
