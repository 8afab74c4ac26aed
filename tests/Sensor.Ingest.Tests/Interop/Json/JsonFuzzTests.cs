using System.Numerics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Interop.Json;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Interop.Json;

public sealed class JsonFuzzTests
{
    private static readonly string[] Settings = ["wide", "long", "local", "seconds"];
    private static readonly List<byte[]> Seeds = [.. JsonSettings.In("taken", "readings").Concat(JsonSettings.In("refused", "refused")).Select(c => Encoding.UTF8.GetBytes(c.Message)).Where(m => m.Length > 0)];

    [Fact]
    public void Read_AnyBytes_GivesReadingsThatARecordCanHoldOrARefusal() =>
        Gen.Select(Gen.OneOfConst(Settings), Gen.Byte.Array[0, 200]).Sample((settings, bytes) => Holds(settings, bytes), iter: 5000);

    [Fact]
    public void Read_ChangedMessages_GiveReadingsThatARecordCanHoldOrARefusal() =>
        Gen.Select(Gen.OneOfConst(Settings), Gen.OneOfConst(Seeds.ToArray()), Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 6], Gen.Int[0, 10_000])
            .Sample((settings, seed, changes, cut) => Holds(settings, Changed(seed, changes, cut)), iter: 20_000);

    [Fact]
    public void Read_AnyNumber_IsExactlyThatNumberOrRefused() =>
        Gen.Select(Gen.Long[-99_999_999_999_999_999, 99_999_999_999_999_999], Gen.Int[-20, 20]).Sample(
            (mantissa, exponent) =>
            {
                var value = JsonDigits.Read(JsonDocument.Parse($"{mantissa}e{exponent}").RootElement, out var wrong);
                Assert.Equal(value is null, wrong is not null);
                if (value is { } taken)
                {
                    Assert.Equal(BigInteger.Pow(10, 40 + exponent) * mantissa, BigInteger.Pow(10, 40 + taken.Exponent) * taken.Mantissa);
                }
                else
                {
                    Assert.True(exponent < MeasuredValue.MinExponent || BigInteger.Abs(mantissa) * BigInteger.Pow(10, Math.Max(exponent, 0)) > MeasuredValue.MaxMantissa);
                }
            },
            iter: 20_000);

    private static byte[] Changed(byte[] seed, (int At, byte Value)[] changes, int cut)
    {
        byte[] bytes = [.. seed];
        foreach (var (at, value) in changes)
        {
            bytes[at % bytes.Length] = value;
        }

        return cut % 3 == 0 ? bytes[..(cut % bytes.Length)] : bytes;
    }

    private static void Holds(string settings, byte[] bytes)
    {
        var bodies = JsonMessage.Read(bytes, JsonSettings.Of(settings), 10, "sha256:x", out var refusal);

        Assert.Equal(bodies is null, refusal is not null);
        foreach (var reading in (bodies ?? []).SelectMany(b => b.Readings))
        {
            Assert.NotEqual(reading.Value is null, reading.Missing is null);
            Assert.True(Flag.Known.ContainsKey(reading.Flag) && reading.SampledFrom <= reading.SampledTo && WireText.IsAllowed(reading.Raw!, WireLimits.Raw));
        }
    }
}
