using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class RecordCodecTests
{
    public static TheoryData<string, RecordBody> BadBodies => new()
    {
        { "exactly one", Readings(Some.Reading with { Missing = MissingReason.Busy }) },
        { "exactly one", Readings(Some.Reading with { Value = null }) },
        { "key 0", Readings(Some.Reading with { Parameter = "W01019" }) },
        { "key 3", Readings(Some.Reading with { Unit = "" }) },
        { "key 3", Readings(Some.Reading with { Unit = "12345678901234567" }) },
        { "key 4", Readings(Some.Reading with { Flag = "N1" }) },
        { "key 5", Readings(Some.Reading with { Instrument = "a b" }) },
        { "key 7", Readings(Some.Reading with { SampledTo = Some.Moment.PlusMilliseconds(-1) }) },
        { "key 6", Readings(Some.Reading with { SampledFrom = new Instant(long.MinValue) }) },
        { "key 8", Readings(Some.Reading with { DatedBy = (DatedBy)2 }) },
        { "key 2", Readings(Some.Reading with { Value = null, Missing = (MissingReason)8 }) },
        { "key 10", Readings(Some.Reading with { Raw = "7.02\r" }) },
        { "key 10", Readings(Some.Reading with { Raw = new string('水', 43) }) },
        { "0 elements", Readings() },
        { "257 elements", Readings([.. Enumerable.Repeat(Some.Reading, 257)]) },
        { "key 2", Loss(first: 3, last: 2, count: 1) },
        { "key 1", Loss(first: 0, last: 2, count: 1) },
        { "key 5", Loss(first: 1, last: 2, count: 3) },
        { "key 5", Loss(first: 1, last: 2, count: 0) },
        { "key 6", Loss(first: 1, last: 2, count: 1) with { Reason = 0 } },
    };

    [Fact]
    public void TryDecode_AnyEncodedRecord_EncodesAgainToTheSameBytes() => Some.AnyRecord.Sample(
        record =>
        {
            var payload = RecordCodec.Encode(record);
            Assert.True(RecordCodec.TryDecode(payload, out var decoded, out _));
            Assert.Null(decoded.Unmapped);
            Assert.Equal(record.Header, decoded.Record!.Header);
            Assert.Equal(record.Clock, decoded.Record.Clock);
            Assert.Equal(record.Receipts, decoded.Record.Receipts);
            Assert.Equal(payload, RecordCodec.Encode(decoded.Record));
        },
        iter: 2_000);

    [Fact]
    public void TryDecode_AnyReadings_GivesEachReadingBack() => Some.AnyReading.Array[1, 8].Sample(
        readings =>
        {
            Assert.True(RecordCodec.TryDecode(RecordCodec.Encode(Some.Record(new ReadingsBody(Some.Moment, readings))), out var decoded, out _));
            var body = Assert.IsType<ReadingsBody>(decoded.Record!.Body);
            Assert.Equal(Some.Moment, body.Instant);
            Assert.Equal(readings, body.Readings);
        },
        iter: 1_000);

    [Fact]
    public void TryDecode_AnyLoss_GivesItBack() => Some.AnyLoss.Sample(
        loss => RecordCodec.TryDecode(RecordCodec.Encode(Some.Record(loss)), out var decoded, out _) && loss.Equals(decoded.Record!.Body),
        iter: 1_000);

    [Fact]
    public void TryDecode_MutatedPayloadThatIsAccepted_EncodesAgainToTheSameBytes()
    {
        var accepted = 0;
        foreach (var payload in new[] { Some.Record(), Some.Record(sequence: 1), Some.Record(new EventBody(Event())), Some.Record(Loss(1, 9, 9)) }.Select(RecordCodec.Encode))
        {
            Mutations.Of(payload).Sample(
                bytes =>
                {
                    if (DeterministicCbor.Check(bytes, out _) && RecordCodec.TryDecode(bytes, out var decoded, out _) && decoded.Record is { } record)
                    {
                        Interlocked.Increment(ref accepted);
                        Assert.Equal(bytes, RecordCodec.Encode(record));
                    }
                },
                iter: 10_000);
        }

        Assert.True(accepted > 1_000, $"only {accepted} mutations were accepted; the test proves too little");
    }

    [Fact]
    public void TryDecode_AnyBytes_NeverThrows() => Gen.OneOf(Gen.Byte.Array[0, 200], Mutations.Of(RecordCodec.Encode(Some.Record()))).Sample(
        bytes =>
        {
            Assert.True(RecordCodec.TryDecode(bytes, out _, out var refusal) || refusal.Reason == RefusalReason.Payload);
            Assert.True(ReceiptCodec.TryDecode(bytes, out _, out refusal) || refusal.Reason == RefusalReason.Payload);
            Assert.True(CommandCodec.TryDecode(bytes, out _, out refusal) || refusal.Reason == RefusalReason.Payload);
            Assert.True(DeterministicCbor.Check(bytes, out var fault) || fault!.Reason == RefusalReason.NotDeterministic);
        },
        iter: 40_000);

    [Theory]
    [MemberData(nameof(BadBodies))]
    public void Encode_BodyThatBreaksARule_ThrowsAndNamesTheKey(string says, RecordBody body) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => RecordCodec.Encode(Some.Record(body))).Message, StringComparison.Ordinal);

    [Fact]
    public void Encode_IdentityThatBreaksARule_Throws()
    {
        var record = Some.Record();
        var header = record.Header;
        RecordHeader[] bad =
        [
            header with { Previous = null },
            header with { Sequence = 1 },
            header with { Sequence = 0, Previous = null },
            header with { Station = "jiekou" },
            header with { Deployment = "" },
            header with { PreviousRun = new PreviousRun(Some.Run, 1, Some.Digest) },
            header with { Version = 2 },
        ];
        Assert.All(bad, h => Assert.Throws<ArgumentException>(() => RecordCodec.Encode(record with { Header = h })));
    }

    [Fact]
    public void Encode_CircumstancesThatBreakARule_Throws()
    {
        var record = Some.Record();
        StationRecord[] bad =
        [
            record with { BootMilliseconds = -1 },
            record with { Wall = new Instant(long.MaxValue) },
            record with { Clock = new ClockState((ClockStatus)3, null, "kernel") },
            record with { Clock = new ClockState(ClockStatus.Unknown, -1, "kernel") },
            record with { Clock = new ClockState(ClockStatus.Unknown, null, "") },
            record with { Receipts = [new ReceiptSeen("z", Some.Digest), new ReceiptSeen("a", Some.Digest)] },
            record with { Receipts = [new ReceiptSeen("A", Some.Digest)] },
            record with { Receipts = [.. Enumerable.Range(10, 17).Select(i => new ReceiptSeen($"o{i}", Some.Digest))] },
        ];
        Assert.All(bad, r => Assert.Throws<ArgumentException>(() => RecordCodec.Encode(r)));
    }

    [Fact]
    public void TryDecode_BytesAfterThePayload_IsRefused()
    {
        Assert.False(RecordCodec.TryDecode((byte[])[.. RecordCodec.Encode(Some.Record()), 0], out _, out var refusal));
        Assert.Equal(RefusalReason.Payload, refusal.Reason);
    }

    private static ReadingsBody Readings(params Reading[] readings) => new(Some.Moment, readings);

    private static LossBody Loss(long first, long last, long count) => new() { Run = Some.Run, First = first, Last = last, Count = count, Reason = LossReason.Age };

    private static StationEvent Event() => new()
    {
        Type = EventType.Calibration,
        Instrument = "i",
        Parameter = "w01019",
        Actor = "a",
        Passed = true,
        Points = [new CalibrationPoint(MeasuredValue.Parse("2.0"), null, MeasuredValue.Parse("2.1"))],
        WallBefore = Some.Moment,
    };
}
