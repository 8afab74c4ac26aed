using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Outbox;

public sealed class OutboxBoundsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly SigningKey _anhui = SigningKey.Create();
    private readonly SteppedTime _time = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly StationConfiguration _configuration;
    private StationOutbox _outbox;

    public OutboxBoundsTests()
    {
        _configuration = Some.Configuration(_folder, [("anhui", _anhui)]) with { Outbox = new OutboxConfiguration { MaxBytes = OutboxConfiguration.LeastBytes } };
        _outbox = Open();
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _key.Dispose();
        _anhui.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Append_NothingReceiptedAndFull_LosesTheOldestReadingsAndSignsWhich()
    {
        Append(4_000);
        var records = Held();
        var losses = records.ConvertAll(r => r.Record.Body).OfType<LossBody>().ToArray();

        Assert.NotEmpty(losses);
        Assert.All(losses, loss => Assert.Equal((LossReason.Space, loss.Last - loss.First + 1), (loss.Reason, loss.Count)));
        Assert.Equal(2, losses[0].First);
        Assert.Equal(EventType.Boot, Assert.IsType<EventBody>(records[0].Record.Body).Event.Type);
        AssertWhole(records, losses);
        Assert.True(Used() <= OutboxConfiguration.LeastBytes + 65_536);
        Assert.Equal(records.Count, _outbox.Undelivered("anhui"));

        Reopen();
        Assert.Equal(records.Count + 1, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Append_FullAndReceipted_DeletesTheOldestReceiptedAndLosesNothing()
    {
        for (var i = 0; i < 40; i++)
        {
            Append(100);
            Receipt(_outbox.LastSequence);
        }

        var records = Held();
        Assert.True(records[0].Record.Header.Sequence > 1_000);
        Assert.DoesNotContain(records, r => r.Record.Body is LossBody);
        Assert.Equal(4_001, _outbox.Tail);
        Assert.Equal(0, _outbox.Undelivered("anhui"));
        Reopen();
        Assert.Equal(1, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void Append_RoomIsLeft_KeepsWhatIsReceiptedForItsAge()
    {
        Append(300);
        Receipt(_outbox.LastSequence);
        Append(300);
        Assert.Equal(1, Held()[0].Record.Header.Sequence);
        _time.Advance(TimeSpan.FromDays(367));
        Append(300);
        Assert.Equal(302, Held()[0].Record.Header.Sequence);
        Assert.Equal(600, _outbox.Undelivered("anhui"));
    }

    [Fact]
    public void NextLive_LossIsUnreceipted_GoesBeforeAnythingNewer()
    {
        Append(4_000);
        var plan = new SendPlan(["anhui"], 4_096, 4, TimeSpan.FromSeconds(30));
        plan.Reconnected(_outbox.Tail, default);
        Assert.Equal(_outbox.Coverage.Removed.Losses.Take(4), plan.NextLive(_outbox.Coverage, _outbox.Tail));
        plan.Sent([.. _outbox.Coverage.Removed.Losses]);
        Assert.Equal(1, plan.NextBacklog(_outbox.Coverage)[0]);
    }

    [Fact]
    public void Accept_ThroughARecordThatIsLost_IsNoContradiction()
    {
        Append(4_000);
        var receipt = Signed(100, null);
        Assert.Equal(ReceiptOutcome.Accepted, _outbox.Accept("anhui", receipt).Outcome);
    }

    private StationOutbox Open() => Some.Outbox(_configuration, _key, Some.Clock(_time));

    private void Reopen()
    {
        _outbox.Dispose();
        _outbox = Open();
    }

    private void Append(int records)
    {
        for (var i = 0; i < records; i++)
        {
            _outbox.Append(Some.Body(i));
        }
    }

    private void Receipt(long through) => Assert.Equal(ReceiptOutcome.Accepted, _outbox.Accept("anhui", Signed(through, Held()[^1].Digest)).Outcome);

    private ReadOnlyMemory<byte> Signed(long through, Digest? digest) => Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(new Receipt
    {
        Deployment = Some.Deployment,
        Station = Some.Station,
        Operator = "anhui",
        Run = _outbox.Run,
        Through = through,
        ThroughDigest = digest,
        Time = new Instant(1_700_000_000_000 + through),
        LogSize = through,
        LogRoot = Digest.Of("log"u8),
    }), _anhui).Bytes;

    private long Used()
    {
        using var connection = OutboxDatabase.OpenReader(_configuration.OutboxFile);
        return OutboxBounds.Used(connection);
    }

    private List<(StationRecord Record, Digest Digest)> Held() => Chain.Envelopes(_configuration.OutboxFile).ConvertAll(bytes =>
    {
        Assert.True(Envelope.TryParse(bytes, out var envelope, out _));
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return (decoded.Record!, envelope.Digest);
    });

    /// <summary>Every record follows the one before it, or the end of a loss that names both sides of the gap.</summary>
    private static void AssertWhole(List<(StationRecord Record, Digest Digest)> records, LossBody[] losses)
    {
        for (var i = 1; i < records.Count; i++)
        {
            var (header, before) = (records[i].Record.Header, records[i - 1]);
            var gap = Array.FindLast(losses, loss => loss.Last == header.Sequence - 1);
            Assert.Equal(gap is null ? before.Digest : gap.LastDigest, header.Previous);
            Assert.True(gap is not null || header.Sequence == before.Record.Header.Sequence + 1);
        }
    }
}
