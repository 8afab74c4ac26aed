namespace Sensor.Contracts.Hj212;

/// <summary>The checksum of an HJ 212 frame, over its data segment alone (HJ 212-2017, annex A).</summary>
/// <remarks>
/// <para>Not the Modbus checksum: the register is shifted by eight bits before a byte is added to it. "123456789" gives 2F80.</para>
/// <para>Weak: only eight bits of the register reach the next byte. One changed byte always shows; a change of several bytes stays unseen about
/// once in 256 times, so the checksum is no evidence against anything but noise.</para>
/// </remarks>
public static class Hj212Crc
{
    /// <summary>The checksum of some bytes; of none it is FFFF.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var register = 0xFFFF;
        foreach (var b in bytes)
        {
            register = (register >> 8) ^ b;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register & 1) != 0 ? (register >> 1) ^ 0xA001 : register >> 1;
            }
        }

        return (ushort)register;
    }
}
