using System.Buffers.Binary;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.OneWire;

/// <summary>Judges what a DS18B20 said; every doubt is a reason and never a number.</summary>
internal static class Thermometer
{
    /// <summary>85 °C, what the probe holds after power-on until its first conversion has ended.</summary>
    private const short PowerOn = 0x0550;

    private const short Coldest = -55 * 16;
    private const short Hottest = 125 * 16;

    /// <summary>A sixteenth of a degree in ten-thousandths.</summary>
    private const int Step = 625;

    /// <summary>The temperature in degrees Celsius, exactly; null with a problem.</summary>
    public static MeasuredValue? Read(ThermometerFile file, out (MissingReason Reason, string What)? problem)
    {
        var sixteenths = BinaryPrimitives.ReadInt16LittleEndian(file.Bytes);
        problem = Broken(file) ?? Doubtful(sixteenths, file.Milli);
        return problem is null ? new MeasuredValue(sixteenths * Step, -4) : null;
    }

    private static (MissingReason, string)? Broken(ThermometerFile file)
    {
        if (file.Bytes.All(b => b == 0xFF))
        {
            return (MissingReason.NoAnswer, "nothing pulls the line low; see whether the probe is connected");
        }

        if (file.Bytes.All(b => b == 0))
        {
            return (MissingReason.BadAnswer, "every byte is zero, whose checksum is zero too; see whether the data line touches ground");
        }

        if (!file.CrcHolds || file.Crc != file.Bytes[8] || DallasCrc.Of(file.Bytes.AsSpan(0, 8)) != file.Bytes[8])
        {
            return (MissingReason.BadAnswer, "the checksum is wrong");
        }

        return file.Retained.AsSpan().SequenceEqual(file.Bytes) ? null : (MissingReason.BadAnswer, "the temperature belongs to other bytes");
    }

    private static (MissingReason, string)? Doubtful(short sixteenths, int milli)
    {
        // The kernel cuts towards zero, as C does.
        if (sixteenths * 1000 / 16 != milli)
        {
            return (MissingReason.BadAnswer, $"the bytes are not t={milli}");
        }

        if (sixteenths == PowerOn)
        {
            return (MissingReason.NotReported, "85 degrees is the power-on value, not a measurement; see whether the supply of the probe is steady");
        }

        return sixteenths is < Coldest or > Hottest ? (MissingReason.BadAnswer, "outside -55 to 125 degrees") : null;
    }
}
