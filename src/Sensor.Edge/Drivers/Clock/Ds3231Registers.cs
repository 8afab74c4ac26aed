using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Clock;

/// <summary>What the registers of a DS3231 say.</summary>
/// <param name="Time">The beginning of the second that it shows.</param>
/// <param name="Stopped">Whether its oscillator stood still since the flag was last cleared, so that the time cannot be trusted.</param>
internal sealed record Ds3231Registers(Instant Time, bool Stopped)
{
    /// <summary>Seconds to temperature, 0x00 to 0x12.</summary>
    public const int Count = 0x13;

    private const int Status = 0x0F;
    private const int TwelveHours = 0x40;

    /// <summary>The time and the flag, or null when the digits are no time.</summary>
    public static Ds3231Registers? Read(ReadOnlySpan<byte> registers)
    {
        var (year, month, day) = (Digits(registers[6]), Digits(registers[5] & 0x1F), Digits(registers[4]));
        var (hour, minute, second) = (Hour(registers[2]), Digits(registers[1]), Digits(registers[0]));
        if (year < 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(2000 + year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return null;
        }

        var time = new DateTimeOffset(2000 + year, month, day, hour, minute, second, TimeSpan.Zero);
        return new Ds3231Registers(Instant.From(time), (registers[Status] & 0x80) != 0);
    }

    /// <summary>The hour; with bit 6 set it counts from 12, 1 to 11, and bit 5 is the afternoon.</summary>
    private static int Hour(byte register)
    {
        if ((register & TwelveHours) == 0)
        {
            return Digits(register);
        }

        var hour = Digits(register & 0x1F);
        return hour is < 1 or > 12 ? -1 : (hour % 12) + ((register & 0x20) != 0 ? 12 : 0);
    }

    /// <summary>Two decimal digits of four bits each, or −1.</summary>
    private static int Digits(int register) => register >> 4 > 9 || (register & 0x0F) > 9 ? -1 : ((register >> 4) * 10) + (register & 0x0F);
}
