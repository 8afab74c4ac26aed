using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Outbox;

public sealed class ReceiptTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly SigningKey _anhui = SigningKey.Create();
    private readonly SigningKey _zhejiang = SigningKey.Create();
    private readonly StationConfiguration _configuration;
    private StationOutbox _outbox;

    public ReceiptTests()
    {
        _configuration = Some.Configuration(_folder, [("anhui", _anhui), ("zhejiang", _zhejiang)]);
        _outbox = Some.Outbox(_configuration, _key);
        for (var i = 0; i < 9; i++)
        {
            _outbox.Append(Some.Body(i));
        }
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _key.Dispose();
        _anhui.Dispose();
        _zhejiang.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Accept_RangesBeyondThrough_CountAndSurviveARestart()
    {
        Assert.Equal(ReceiptOutcome.Accepted, Accept(Receipt(4, beyond: [new(6, 7), new(9, 9)])));
        Assert.Equal((3L, 10L), (_outbox.Undelivered("anhui"), _outbox.Undelivered("zhejiang")));
        Restart();
        Assert.Equal((4L, 11L), (_outbox.Undelivered("anhui"), _outbox.Undelivered("zhejiang")));
    }

    [Fact]
    public void Accept_OnlyWhenEveryOperatorReceipted_EverythingIsDelivered()
    {
        Accept(Receipt(10));
        Assert.False(_outbox.AllDelivered);
        Accept(Receipt(10) with { Operator = "zhejiang" }, _zhejiang, "zhejiang");
        Assert.True(_outbox.AllDelivered);
        _outbox.Append(Some.Body());
        Assert.False(_outbox.AllDelivered);
    }

    [Fact]
    public void Accept_NextRecord_NamesTheReceipt()
    {
        var envelope = Sign(Receipt(3), _anhui);
        _outbox.Accept("anhui", envelope.Bytes);
        _outbox.Append(Some.Body());
        Assert.Equal([new ReceiptSeen("anhui", envelope.Digest)], Chain.Verified(_configuration.OutboxFile, _key.Public)[^1].Record.Receipts);
    }

    [Fact]
    public void Accept_ForgedOrMisplaced_IsRefused()
    {
        using var stranger = SigningKey.Create();
        var flipped = Sign(Receipt(4), _anhui).Bytes.ToArray();
        flipped[^1] ^= 1;

        Assert.Equal(ReceiptOutcome.Refused, _outbox.Accept("anhui", flipped).Outcome);
        Assert.Equal(ReceiptOutcome.Refused, Accept(Receipt(4), stranger));
        Assert.Equal(ReceiptOutcome.Refused, Accept(Receipt(4), _zhejiang));
        Assert.Equal(ReceiptOutcome.Refused, Accept(Receipt(4), _zhejiang, "zhejiang"));
        Assert.Equal(ReceiptOutcome.Refused, Accept(Receipt(4) with { Station = "JK-2" }));
        Assert.Equal(ReceiptOutcome.Refused, Accept(Receipt(4) with { Deployment = "other" }));
        Assert.Equal(ReceiptOutcome.Refused, _outbox.Accept("anhui", Envelope.Sign(ContentTypes.Command, ReceiptCodec.Encode(Receipt(4)), _anhui).Bytes).Outcome);
        Assert.Equal(ReceiptOutcome.Refused, _outbox.Accept("anhui", "hello"u8.ToArray()).Outcome);
        Assert.Equal(ReceiptOutcome.Refused, _outbox.Accept("anhui", new byte[2_000_000]).Outcome);
        Assert.Equal(10, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_AnotherDigestOrUnsignedSequence_IsAnAlarm()
    {
        Assert.Equal(ReceiptOutcome.Alarm, Accept(Receipt(4) with { ThroughDigest = Digest.Of("another"u8) }));
        Assert.Equal(ReceiptOutcome.Alarm, Accept(Receipt(4) with { ThroughDigest = null }));
        Assert.Equal(ReceiptOutcome.Alarm, Accept(Receipt(4) with { Through = 11 }));
        Assert.Equal(ReceiptOutcome.Alarm, Accept(Receipt(4, beyond: [new(8, 11)])));
        Assert.Equal(10, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_UnknownRun_ChangesNothing()
    {
        Assert.Equal(ReceiptOutcome.UnknownRun, Accept(Receipt(4) with { Run = LifeId.Create() }));
        Assert.Equal(10, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_OvertakenReceipt_TakesNothingBack()
    {
        Accept(Receipt(8, time: 200));
        Assert.Equal(ReceiptOutcome.Stale, Accept(Receipt(4, time: 100)));
        Assert.Equal(ReceiptOutcome.Stale, Accept(Receipt(8, time: 200)));
        Assert.Equal(2, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_OperatorsClockWasSetBack_ProgressStillCounts()
    {
        Accept(Receipt(4, time: 200));
        Assert.Equal(ReceiptOutcome.Accepted, Accept(Receipt(8, time: 100)));
        Assert.Equal(2, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_OperatorWasRestored_ItLacksTheRecordsAgain()
    {
        Accept(Receipt(8, time: 100));
        Assert.Equal(ReceiptOutcome.Regressed, Accept(Receipt(4, time: 200)));
        Assert.Equal(6, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_OperatorWasRestoredBehindAGap_ItLacksWhatWasBeyondAgain()
    {
        Accept(Receipt(5, [new(7, 10)], time: 100));
        Assert.Equal(ReceiptOutcome.Regressed, Accept(Receipt(5, time: 200)));
        Assert.Equal(5, _outbox.Undelivered("anhui"));
        Assert.Equal(ReceiptOutcome.Stale, Accept(Receipt(5, time: 150)));
        Restart();
        Assert.Equal(6, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_OvertakenReceiptWithFewerRanges_TakesNothingBack()
    {
        Accept(Receipt(5, [new(7, 10)], time: 200));
        Assert.Equal(ReceiptOutcome.Stale, Accept(Receipt(5, time: 100)));
        Assert.Equal(ReceiptOutcome.Accepted, Accept(Receipt(6, time: 100)));
        Assert.Equal(0, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_AsManyRangesAsFit_TakesNothingBackBehindThem()
    {
        for (var i = 9; i < 60; i++)
        {
            _outbox.Append(Some.Body(i));
        }

        SequenceRange[] ranges = [.. Enumerable.Range(1, WireLimits.Ranges).Select(i => new SequenceRange(3 * i, 3 * i))];
        Accept(Receipt(1, [.. ranges.Take(15), new(50, 60)], time: 100));
        Assert.Equal(ReceiptOutcome.Accepted, Accept(Receipt(1, ranges, time: 200)));
        Assert.Equal(61 - 1 - 16 - 11, _outbox.Undelivered("anhui"));
        Assert.Equal(ReceiptOutcome.Regressed, Accept(Receipt(1, [.. ranges.Skip(1), new(52, 52)], time: 300)));
        Assert.Equal(61 - 1 - 15 - 9, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_EarlierRun_IsCountedThere()
    {
        var before = Receipt(10);
        Restart();
        Assert.Equal(11, _outbox.Undelivered("anhui"));
        Accept(before);
        Assert.Equal(1, _outbox.Undelivered("anhui"));
        Assert.True(_outbox.Coverage.Of("anhui").Contains(10));
        Assert.False(_outbox.Coverage.Of("anhui").Contains(11));
    }

    private static Envelope Sign(Receipt receipt, SigningKey key) => Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(receipt), key);

    private ReceiptOutcome Accept(Receipt receipt, SigningKey? key = null, string operatorId = "anhui") => _outbox.Accept(operatorId, Sign(receipt, key ?? _anhui).Bytes).Outcome;

    private Receipt Receipt(long through, IReadOnlyList<SequenceRange>? beyond = null, long time = 100) => new()
    {
        Deployment = Some.Deployment,
        Station = Some.Station,
        Operator = "anhui",
        Run = _outbox.Run,
        Through = through,
        Beyond = beyond ?? [],
        ThroughDigest = Chain.Verified(_configuration.OutboxFile, _key.Public)[(int)through - 1].Digest,
        Time = new Instant(time),
        LogSize = through,
        LogRoot = Digest.Of("log"u8),
    };

    private void Restart()
    {
        _outbox.Dispose();
        _outbox = Some.Outbox(_configuration, _key);
    }
}
