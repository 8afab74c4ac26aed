using System.Buffers.Binary;
using System.Numerics;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Modbus;

/// <summary>Turns registers into digits, without ever passing through a binary fraction that the instrument did not give.</summary>
internal static class ModbusNumbers
{
    /// <summary>The number that some bytes say.</summary>
    /// <param name="type">How to read them.</param>
    /// <param name="sorted">The bytes, the most significant first.</param>
    /// <param name="number">Its digits, when the result is true.</param>
    /// <returns>False where it is not a number, or has more digits than a value holds.</returns>
    public static bool TryRead(ModbusType type, ReadOnlySpan<byte> sorted, out MeasuredValue number)
    {
        number = default;
        return type switch
        {
            ModbusType.Bit => TryWhole(sorted[0], out number),
            ModbusType.Int16 => TryWhole(BinaryPrimitives.ReadInt16BigEndian(sorted), out number),
            ModbusType.UInt16 => TryWhole(BinaryPrimitives.ReadUInt16BigEndian(sorted), out number),
            ModbusType.Int32 => TryWhole(BinaryPrimitives.ReadInt32BigEndian(sorted), out number),
            ModbusType.UInt32 => TryWhole(BinaryPrimitives.ReadUInt32BigEndian(sorted), out number),
            ModbusType.Int64 => TryWhole(BinaryPrimitives.ReadInt64BigEndian(sorted), out number),
            ModbusType.UInt64 => TryWhole(BinaryPrimitives.ReadUInt64BigEndian(sorted), out number),
            ModbusType.Float32 => MeasuredValue.TryFromSingle(BinaryPrimitives.ReadSingleBigEndian(sorted), out number),
            _ => TryDouble(BinaryPrimitives.ReadDoubleBigEndian(sorted), out number),
        };
    }

    /// <summary>The exact product; zeros at its end that only the factor brought are kept.</summary>
    public static bool TryScale(MeasuredValue number, MeasuredValue factor, out MeasuredValue scaled)
    {
        scaled = default;
        var (mantissa, exponent) = ((BigInteger)number.Mantissa * factor.Mantissa, number.Exponent + factor.Exponent);
        for (; exponent < MeasuredValue.MinExponent && mantissa % 10 == 0; exponent++)
        {
            mantissa /= 10;
        }

        if (BigInteger.Abs(mantissa) > MeasuredValue.MaxMantissa || exponent < MeasuredValue.MinExponent)
        {
            return false;
        }

        scaled = new MeasuredValue((long)mantissa, exponent);
        return true;
    }

    /// <summary>Whether two are the same amount, however many zeros stand behind the point.</summary>
    public static bool IsSame(MeasuredValue a, MeasuredValue b) =>
        a.Mantissa * BigInteger.Pow(10, a.Exponent - MeasuredValue.MinExponent) == b.Mantissa * BigInteger.Pow(10, b.Exponent - MeasuredValue.MinExponent);

    private static bool TryWhole(BigInteger whole, out MeasuredValue number)
    {
        number = BigInteger.Abs(whole) <= MeasuredValue.MaxMantissa ? new MeasuredValue((long)whole, 0) : default;
        return BigInteger.Abs(whole) <= MeasuredValue.MaxMantissa;
    }

    /// <summary>A double has up to 17 digits; one with more than a value holds is refused, not rounded.</summary>
    private static bool TryDouble(double register, out MeasuredValue number)
    {
        number = default;
        return double.IsFinite(register) && decimal.TryParse(
            register.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var digits)
            && MeasuredValue.TryParse(digits.ToString(System.Globalization.CultureInfo.InvariantCulture), out number);
    }
}
