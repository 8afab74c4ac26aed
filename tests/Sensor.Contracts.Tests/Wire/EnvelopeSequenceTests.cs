using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class EnvelopeSequenceTests
{
    [Fact]
    public void TrySplit_JoinedEnvelopes_GivesThemBack() => Some.AnyRecord.Array[1, 5].Sample(
        records =>
        {
            var envelopes = records.Select(record => Some.Envelope(record).Bytes).ToList();
            Assert.True(EnvelopeSequence.TrySplit(EnvelopeSequence.Join(envelopes), out var items, out var refusal));
            Assert.Null(refusal);
            Assert.Equal(envelopes.Select(e => Convert.ToHexString(e.Span)), items.Select(i => Convert.ToHexString(i.Span)));
        },
        iter: 100);

    [Fact]
    public void TrySplit_Empty_IsRefused()
    {
        Assert.False(EnvelopeSequence.TrySplit(ReadOnlyMemory<byte>.Empty, out var items, out var refusal));
        Assert.Empty(items);
        Assert.Equal(RefusalReason.OuterForm, refusal!.Reason);
    }

    [Fact]
    public void TrySplit_TenMegabytes_IsTooLarge()
    {
        Assert.False(EnvelopeSequence.TrySplit(new byte[10_000_000], out var items, out var refusal));
        Assert.Empty(items);
        Assert.Equal(RefusalReason.TooLarge, refusal!.Reason);
    }

    [Fact]
    public void TrySplit_BadItemBetweenGoodOnes_CostsOnlyItself()
    {
        var good = Some.Envelope().Bytes;

        Assert.True(EnvelopeSequence.TrySplit(EnvelopeSequence.Join([good, new byte[] { 0x82, 0x01, 0x02 }, good]), out var items, out _));

        Assert.Equal([true, false, true], items.Select(item => Envelope.TryParse(item, out _, out _)));
    }

    [Fact]
    public void TrySplit_RestIsNotCbor_GivesWhatCameBefore()
    {
        var good = Some.Envelope().Bytes;

        Assert.False(EnvelopeSequence.TrySplit(EnvelopeSequence.Join([good, good, good[..50]]), out var items, out var refusal));

        Assert.Equal(2, items.Count);
        Assert.Contains("item 3", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TrySplit_ItemLongerThanAnEnvelope_IsRefused()
    {
        byte[] large = [0x5A, 0x00, 0x01, 0x00, 0x00, .. new byte[65_536]];
        Assert.False(EnvelopeSequence.TrySplit(large, out _, out var refusal));
        Assert.Contains("65536", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TrySplit_AMillionTinyItems_StopsAtTheLimit()
    {
        Assert.False(EnvelopeSequence.TrySplit(new byte[WireLimits.Message], out var items, out var refusal));
        Assert.Equal(WireLimits.Envelopes, items.Count);
        Assert.Equal(RefusalReason.TooLarge, refusal!.Reason);
    }

    [Fact]
    public void TrySplit_AMillionNestedArrays_IsRefused()
    {
        Assert.False(EnvelopeSequence.TrySplit(Enumerable.Repeat((byte)0x81, WireLimits.Message).ToArray(), out _, out var refusal));
        Assert.Equal(RefusalReason.OuterForm, refusal!.Reason);
    }

    [Fact]
    public void Limit_OfEnvelopes_IsAboveWhatAMessageOfTheSmallestCanHold()
    {
        var smallest = Some.Envelope(Some.Record(new EventBody(new StationEvent { Type = EventType.MaintenanceEnd })) with
        {
            Header = Some.Record().Header with { Deployment = "d", Station = "S" },
            Clock = new ClockState(ClockStatus.Unknown, null, "k"),
            Wall = default,
        });
        Assert.True(WireLimits.Message / smallest.Bytes.Length < WireLimits.Envelopes);
    }

    [Fact]
    public void TrySplit_RandomBytes_NeverThrowsAndLosesNothing() => Gen.Byte.Array[1, 400].Sample(
        bytes =>
        {
            var whole = EnvelopeSequence.TrySplit(bytes, out var items, out var refusal);
            Assert.Equal(whole, refusal is null);
            Assert.Equal(bytes[..items.Sum(i => i.Length)], EnvelopeSequence.Join([.. items]));
            Assert.True(!whole || items.Sum(i => i.Length) == bytes.Length);
        },
        iter: 20_000);
}
