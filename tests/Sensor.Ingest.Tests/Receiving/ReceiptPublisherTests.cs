using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

public sealed class ReceiptPublisherTests
{
    private readonly SettableTime _time = new();
    private readonly RecordingChannel _channel = new();

    [Fact]
    public async Task Committed_ManyCommitsInASecond_StateTheNewestAfterASecond()
    {
        using var key = SigningKey.Create();
        await using var publisher = Publisher(key);
        var run = LifeId.Create();
        publisher.Committed(Result(run, 1));
        await Until.True(() => _channel.Receipts.Count == 1, "the first receipt");
        for (var through = 2; through <= 9; through++)
        {
            publisher.Committed(Result(run, through));
        }

        await Until.True(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(1000));
                return _channel.Receipts.Count == 2;
            },
            "the second receipt");
        Assert.Equal([(1L, 1L), (9L, 9L)], _channel.Receipts.Select(r => (r.Through, r.LogSize)));
    }

    [Fact]
    public async Task Committed_WallClockSetBack_IsReceiptedAsSoonAsEver()
    {
        using var key = SigningKey.Create();
        await using var publisher = Publisher(key);
        var run = LifeId.Create();
        publisher.Committed(Result(run, 1));
        await Until.True(() => _channel.Receipts.Count == 1, "the first receipt");

        _time.SetBack(TimeSpan.FromHours(1));
        publisher.Committed(Result(run, 2));

        await Until.True(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return _channel.Receipts.Count == 2;
            },
            "the second receipt");
        Assert.True(_time.Passed < TimeSpan.FromMinutes(30), $"the receipt came after {_time.Passed}");
        Assert.True(_channel.Receipts[1].Time < _channel.Receipts[0].Time);
    }

    [Fact]
    public async Task Committed_MoreRangesThanAReceiptHolds_StatesTheFirstSixteen()
    {
        using var key = SigningKey.Create();
        await using var publisher = Publisher(key);
        var beyond = Enumerable.Range(1, 40).Select(i => new SequenceRange(3 * i, (3 * i) + 1)).ToList();

        publisher.Committed(new AppendResult([], [], [new RunStanding("ST-1", LifeId.Create(), 1, beyond, null)], new LogCheckpoint(9, Digest.Of([1]))));

        await Until.True(() => _channel.Receipts.Count == 1, "the receipt");
        Assert.Equal(beyond.Take(16), _channel.Receipts[0].Beyond);
    }

    [Fact]
    public async Task Committed_ChannelFails_TriesAgain()
    {
        using var key = SigningKey.Create();
        _channel.Failures = 1;
        await using var publisher = Publisher(key);

        publisher.Committed(Result(LifeId.Create(), 5));

        await Until.True(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(1000));
                return _channel.Receipts.Count == 1;
            },
            "the receipt after the failure");
    }

    private static AppendResult Result(LifeId run, long through) =>
        new([], [], [new RunStanding("ST-1", run, through, [], Digest.Of([2]))], new LogCheckpoint(through, Digest.Of([1])));

    private ReceiptPublisher Publisher(SigningKey key) =>
        new("test", "anhui", key, _channel, new LogCheckpoint(0, Digest.Of([])), _ => { }, NullLogger.Instance, _time);

    private sealed class RecordingChannel : IReceiptChannel
    {
        private readonly Lock _lock = new();
        private readonly List<Receipt> _receipts = [];

        public int Failures { get; set; }

        public List<Receipt> Receipts
        {
            get
            {
                lock (_lock)
                {
                    return [.. _receipts];
                }
            }
        }

        public Task PublishRetainedAsync(string topic, byte[] payload, CancellationToken stop)
        {
            if (Failures-- > 0)
            {
                throw new IOException("gone");
            }

            Assert.Equal("waterwatch/v1/ST-1/receipt/anhui", topic);
            Assert.True(Envelope.TryParse(payload, out var envelope, out _) && ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out _));
            Assert.True(ReceiptCodec.TryDecode(envelope.Payload, out receipt, out _));
            lock (_lock)
            {
                _receipts.Add(receipt);
            }

            return Task.CompletedTask;
        }
    }
}
