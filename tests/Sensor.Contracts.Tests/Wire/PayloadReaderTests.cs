using System.Formats.Cbor;
using System.Security.Cryptography;
using CsCheck;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>What is read by hand for speed is held against the platform's reader and writer.</summary>
public sealed class PayloadReaderTests
{
    // The begins of every kind of item, in shortest forms and others (RFC 8949, sections 3 and 4.2.1, and its appendix F).
    private static readonly string[] Pieces =
    [
        "00", "01", "02", "0a", "17", "1800", "1817", "1818", "18ff", "1900ff", "190100", "1a0000ffff", "1a00010000", "1b00000000ffffffff", "1b0000000100000000",
        "1bffffffffffffffff", "1c", "1f", "20", "37", "3818", "3817", "3b7fffffffffffffff", "3bffffffffffffffff", "40", "4161", "42ff00", "580161", "5f", "60", "6161",
        "62c3a9", "61ff", "62c0af", "63eda080", "64f09f8c8a", "780161", "7f", "80", "81", "82", "83", "9800", "9801", "9f", "9b7fffffffffffffff", "9bffffffffffffffff",
        "a0", "a1", "a2", "a3", "b801", "bf", "bbffffffffffffffff", "c1", "c4", "c482", "c48200", "c4822019", "c4822105", "c483", "d804", "d818", "d2", "f4", "f5", "f6", "f7",
        "f0", "f800", "f814", "f815", "f818", "f97e00", "fa47c35000", "fb3ff199999999999a", "ff", "00", "01", "02", "03", "04", "05",
    ];

    private static Gen<byte[]> Composed => Gen.OneOfConst(Pieces).Array[1, 14].Select(pieces => Convert.FromHexString(string.Concat(pieces)));

    [Fact]
    public void Check_ComposedOfAnyPieces_AgreesWithThePlatformsReader()
    {
        int accepted = 0, refused = 0;
        Composed.Sample(bytes => Interlocked.Increment(ref Agreed(bytes) ? ref accepted : ref refused), iter: Trials.Of(200_000, 5_000_000));
        Assert.True(accepted > 2_000 && refused > 2_000, $"{accepted} accepted, {refused} refused: the test proves too little");
    }

    [Fact]
    public void Check_MutatedRecord_AgreesWithThePlatformsReader()
    {
        int accepted = 0, refused = 0;
        var loss = new LossBody { Run = Some.Run, First = 1, Last = 9, Count = 9, Reason = LossReason.Space };
        foreach (var payload in new[] { Some.Record(), Some.Record(sequence: 1), Some.Record(loss) }.Select(RecordCodec.Encode))
        {
            Mutations.Of(payload).Sample(bytes => Interlocked.Increment(ref Agreed(bytes) ? ref accepted : ref refused), iter: Trials.Of(20_000, 1_000_000));
        }

        Assert.True(accepted > 1_000 && refused > 1_000, $"{accepted} accepted, {refused} refused: the test proves too little");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Check_NestedArraysAndMaps_AgreesOnTheDepth(int depth, bool good)
    {
        byte[] arrays = [.. Enumerable.Repeat((byte)0x81, depth), 0x00];
        byte[] maps = [.. Enumerable.Repeat<byte[]>([0xa1, 0x00], depth).SelectMany(b => b), 0x00];
        Assert.Equal((good, good), (Agreed(arrays), Agreed(maps)));
    }

    [Fact]
    public void Read_AnyNumberTextAndBytes_GivesWhatThePlatformWrote() => Gen.Select(Gen.Long, Gen.String, Gen.Byte.Array[0, 300], Gen.Bool).Sample((number, text, bytes, yes) =>
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteInt64(number);
        var sound = string.Concat(text.EnumerateRunes());
        writer.WriteTextString(sound);
        writer.WriteByteString(bytes);
        writer.WriteBoolean(yes);
        writer.WriteEndArray();
        var reader = new PayloadReader(writer.Encode());
        Assert.Equal(4, reader.ReadStartArray());
        Assert.Equal((number, sound), (reader.ReadInt64(), reader.ReadTextString()));
        Assert.Equal(bytes, reader.ReadByteString().ToArray());
        Assert.Equal((yes, 0), (reader.ReadBoolean(), reader.BytesRemaining));
    });

    [Theory]
    [InlineData("1b8000000000000000")]
    [InlineData("3b8000000000000000")]
    public void ReadInt64_BeyondSixtyFourBits_Overflows(string hex) =>
        Assert.Throws<OverflowException>(() => new PayloadReader(Convert.FromHexString(hex)).ReadInt64());

    [Fact]
    public void EnvelopeEnd_OfMutatedEnvelope_IsWhereThePlatformsReaderEnds()
    {
        var found = 0;
        var valid = Samples.Bytes(Samples.V1[0]);
        Mutations.Of([.. valid, .. valid]).Sample(
            bytes =>
            {
                if (EnvelopeEnd.Of(bytes) is { } end)
                {
                    Interlocked.Increment(ref found);
                    Assert.Equal(CborReaderOracle.EndOfFirst(bytes), end);
                }
            },
            iter: 20_000);
        Assert.Equal(valid.Length, EnvelopeEnd.Of([.. valid, .. valid]));
        Assert.True(found > 10_000, $"{found}: the test proves too little");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(23, 24)]
    [InlineData(82, 255)]
    [InlineData(82, 256)]
    [InlineData(82, 2_100)]
    [InlineData(255, 65_535)]
    [InlineData(256, 65_536)]
    public void SigStructure_OfAnyLengths_IsWhatThePlatformWrites(int header, int payload)
    {
        var (h, p) = (RandomNumberGenerator.GetBytes(header), RandomNumberGenerator.GetBytes(payload));
        var expected = CborReaderOracle.SigStructure(h, p);
        Assert.Equal(expected, SigStructure.Of(h, p));
        Assert.Equal(Digest.Of(expected), SigStructure.Digest(h, p));
    }

    [Fact]
    public void Verify_OfADigest_AgreesWithVerifyOfItsBytes()
    {
        using var key = SigningKey.Create();
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 63], Gen.Bool).Sample(
            (data, at, broken) =>
            {
                var signature = key.Sign(data);
                signature[at] ^= (byte)(broken ? 1 : 0);
                Assert.Equal((!broken, !broken), (key.Public.Verify(data, signature), key.Public.Verify(Digest.Of(data), signature)));
            },
            iter: 500);
    }

    private static bool Agreed(byte[] bytes)
    {
        var accepted = DeterministicCbor.Check(bytes, out var refusal);
        Assert.True(accepted == CborReaderOracle.Accepts(bytes), $"{Convert.ToHexString(bytes)}: {refusal?.Detail ?? "accepted"}");
        return accepted;
    }
}
