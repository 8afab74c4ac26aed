using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Outbox;

/// <summary>An operator that was restored asks for records that the station has deleted meanwhile.</summary>
public sealed class DeletedLossesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly SigningKey _anhui = SigningKey.Create();
    private readonly SigningKey _zhejiang = SigningKey.Create();
    private readonly SteppedTime _time = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<long, Digest> _signed = [];
    private readonly StationConfiguration _configuration;
    private readonly LifeId _run;
    private StationOutbox _outbox;
    private long _now = 1_700_000_000_000;

    public DeletedLossesTests()
    {
        _configuration = Some.Configuration(_folder, [("anhui", _anhui), ("zhejiang", _zhejiang)]);
        _outbox = Some.Outbox(_configuration, _key, Some.Clock(_time));
        _run = _outbox.Run;
        Append(299);
        Receipt("anhui", 300);
        Receipt("zhejiang", 300);

        // After their age the first 256 go: a chunk.
        _time.Advance(TimeSpan.FromDays(367));
        Append(300);
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
    public void Accept_RestoredOperatorAsksForDeletedRecords_AnswersWithASignedLossOfWhatIsGoneAlone()
    {
        Assert.Empty(Losses());
        var kept = Held()[0].Header.Sequence;

        Assert.Equal(ReceiptOutcome.Regressed, Receipt("anhui", 100));

        var loss = Assert.Single(Losses());
        Assert.Equal((_run, 101L, kept - 1, kept - 101, LossReason.Age), (loss.Run, loss.First, loss.Last, loss.Count, loss.Reason));
        Assert.Equal(_signed[kept - 1], loss.LastDigest);
        Assert.Equal([_outbox.Tail], _outbox.Coverage.Removed.Losses);
        Assert.Equal(_outbox.Tail - kept + 1, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_TheSameIsAskedAgain_SignsNothingMore()
    {
        Receipt("anhui", 100);
        Restart();
        Receipt("anhui", 100);
        Receipt("zhejiang", 120);

        Assert.Single(Losses());
    }

    [Fact]
    public void Accept_LessIsHeldThanAtTheFirstRestore_TellsOfTheRestToo()
    {
        Receipt("anhui", 100);
        Receipt("zhejiang", 40);

        Assert.Equal([(101L, true), (41L, true)], Losses().Select(loss => (loss.First, loss.Reason == LossReason.Age)));
        Assert.Equal(100, Losses()[1].Last);
    }

    [Fact]
    public void Accept_RequestThatTheOperatorDidNotSign_ChangesNothing()
    {
        var before = _outbox.Tail;

        Assert.Equal(ReceiptOutcome.Refused, _outbox.Accept("anhui", Signed("anhui", 100, _zhejiang)).Outcome);

        Assert.Equal((before, 0L), (_outbox.Tail, _outbox.Coverage.Removed.Losses.Count));
        Assert.Equal(300, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Accept_NothingOfTheRunIsHeldAnyMore_TheLossBeginsWithTheFirst()
    {
        Receipt("anhui", 0);

        Assert.Equal(1, Assert.Single(Losses()).First);
        Assert.True(_outbox.Coverage.Removed.Positions.Contains(1));
    }

    private void Append(int records)
    {
        for (var i = 0; i < records; i++)
        {
            _outbox.Append(Some.Body(i));
        }

        foreach (var (header, digest) in Held().Where(r => r.Header.Run == _outbox.Run))
        {
            _signed[header.Sequence] = digest;
        }
    }

    private ReceiptOutcome Receipt(string operatorId, long through) => _outbox.Accept(operatorId, Signed(operatorId, through, operatorId == "anhui" ? _anhui : _zhejiang)).Outcome;

    private ReadOnlyMemory<byte> Signed(string operatorId, long through, SigningKey key) => Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(new Receipt
    {
        Deployment = Some.Deployment,
        Station = Some.Station,
        Operator = operatorId,
        Run = _run,
        Through = through,
        ThroughDigest = through == 0 ? null : _signed[through],
        Time = new Instant(++_now),
        LogSize = through,
        LogRoot = Digest.Of("log"u8),
    }), key).Bytes;

    private List<LossBody> Losses() => [.. Chain.Bodies(_configuration.OutboxFile).OfType<LossBody>()];

    private List<(RecordHeader Header, Digest Digest)> Held() => Chain.Envelopes(_configuration.OutboxFile).ConvertAll(bytes =>
    {
        Assert.True(Envelope.TryParse(bytes, out var envelope, out _));
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return (decoded.Header, envelope.Digest);
    });

    private void Restart()
    {
        _outbox.Dispose();
        _outbox = Some.Outbox(_configuration, _key, Some.Clock(_time));
    }
}
