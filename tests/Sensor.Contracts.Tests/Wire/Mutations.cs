using CsCheck;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>Bytes that differ a little from valid ones.</summary>
internal static class Mutations
{
    public static Gen<byte[]> Of(byte[] valid) => Gen.OneOf(
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte, (at, value) => With(valid, at, value)),
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Byte, (a, b, x, y) => With(With(valid, a, x), b, y)),
        Gen.Int[0, valid.Length].Select(length => valid[..length]),
        Gen.Select(Gen.Int[0, valid.Length], Gen.Byte.Array[1, 4], (at, more) => (byte[])[.. valid[..at], .. more, .. valid[at..]]),
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[1, 9], (at, count) => (byte[])[.. valid[..at], .. valid[Math.Min(valid.Length, at + count)..]]));

    private static byte[] With(byte[] valid, int at, byte value)
    {
        var copy = (byte[])valid.Clone();
        copy[at] = value;
        return copy;
    }
}
