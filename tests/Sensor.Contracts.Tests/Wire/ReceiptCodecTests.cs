using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class ReceiptCodecTests
{
    [Fact]
    public void TryDecode_AnyEncodedReceipt_GivesItBack() =>
        Gen.Select(Gen.Long[0, 1_000], Gen.Long[1, 50].Array[0, 16], Some.AnyDigest, Some.AnyInstant, Gen.Long[0, long.MaxValue]).Sample(
            (through, gaps, digest, time, size) =>
            {
                var at = through;
                var beyond = gaps.Select(gap => new SequenceRange(at += gap + 1, at += gap)).ToList();
                var receipt = Some.Receipt with { Through = through, ThroughDigest = through == 0 ? null : digest, Beyond = beyond, Time = time, LogSize = size };

                var payload = ReceiptCodec.Encode(receipt);

                Assert.True(ReceiptCodec.TryDecode(payload, out var decoded, out _));
                Assert.Equal(receipt with { Beyond = [] }, decoded with { Beyond = [] });
                Assert.Equal(beyond, decoded.Beyond);
                Assert.Equal(payload, ReceiptCodec.Encode(decoded));
            },
            iter: 1_000);

    [Fact]
    public void Covers_RangesBeyond_TellsEachSequence()
    {
        var receipt = Some.Receipt with { Through = 5, Beyond = [new SequenceRange(7, 7), new SequenceRange(9, 11)] };
        Assert.Equal([1, 2, 3, 4, 5, 7, 9, 10, 11], Enumerable.Range(1, 20).Where(n => receipt.Covers(n)));
    }

    [Fact]
    public void Encode_ReceiptThatBreaksARule_Throws()
    {
        Receipt[] bad =
        [
            Some.Receipt with { Through = -1 },
            Some.Receipt with { Through = 0 },
            Some.Receipt with { LogSize = -1 },
            Some.Receipt with { Operator = "Zhejiang" },
            Some.Receipt with { Beyond = [new SequenceRange(6, 6)] },
            Some.Receipt with { Beyond = [new SequenceRange(9, 8)] },
            Some.Receipt with { Beyond = [new SequenceRange(7, 9), new SequenceRange(10, 11)] },
            Some.Receipt with { Beyond = [new SequenceRange(7, 9), new SequenceRange(9, 11)] },
            Some.Receipt with { Through = long.MaxValue, Beyond = [new SequenceRange(1, 2)] },
            Some.Receipt with { Beyond = [.. Enumerable.Range(0, 17).Select(i => new SequenceRange(10 + (i * 2), 10 + (i * 2)))] },
        ];
        Assert.All(bad, receipt => Assert.Throws<ArgumentException>(() => ReceiptCodec.Encode(receipt)));
    }

    [Fact]
    public void TryDecode_MutatedPayloadThatIsAccepted_EncodesAgainToTheSameBytes() =>
        Mutations.Of(ReceiptCodec.Encode(Some.Receipt with { Beyond = [new SequenceRange(7, 300)] })).Sample(
            bytes =>
            {
                if (DeterministicCbor.Check(bytes, out _) && ReceiptCodec.TryDecode(bytes, out var receipt, out _))
                {
                    Assert.Equal(bytes, ReceiptCodec.Encode(receipt));
                }
            },
            iter: 10_000);
}
