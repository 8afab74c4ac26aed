using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class EventCodecTests
{
    public static TheoryData<EventType> Types => [.. Enum.GetValues<EventType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Encode_EachTypeWithEveryMember_GivesEachMemberBack(EventType type)
    {
        var happened = Full(type);

        var back = RoundTrip(happened);

        Assert.Equal(happened with { Points = [], Command = null }, back with { Points = [], Command = null });
        Assert.Equal(happened.Points, back.Points);
        Assert.Equal(happened.Command!.Value.ToArray(), back.Command!.Value.ToArray());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Encode_EachTypeWithRequiredMembersOnly_IsEnough(EventType type) => Assert.Equal(type, RoundTrip(Required(type)).Type);

    [Theory]
    [MemberData(nameof(Types))]
    public void Encode_EachTypeWithoutOneRequiredMember_ThrowsAndNamesIt(EventType type) => Assert.All(EventCodec.Required[type], key =>
    {
        var lacking = Without(Full(type), key);
        var message = Assert.Throws<ArgumentException>(() => RoundTrip(lacking)).Message;
        Assert.Contains($"key {key}: is missing in an event of type {(int)type}", message, StringComparison.Ordinal);
    });

    [Fact]
    public void Encode_AnyEvent_DecodesAndEncodesAgain() => Some.AnyEvent.Sample(
        happened =>
        {
            var payload = RecordCodec.Encode(Some.Record(new EventBody(happened)));
            RecordCodec.TryDecode(payload, out var decoded, out _);
            Assert.Equal(payload, RecordCodec.Encode(decoded.Record!));
        },
        iter: 1_000);

    [Fact]
    public void Encode_EventThatBreaksARule_Throws()
    {
        var full = Full(EventType.Door);
        StationEvent[] bad =
        [
            full with { Type = 0 },
            full with { Type = (EventType)13 },
            full with { Note = new string('n', WireLimits.Note + 1) },
            full with { Note = "two\nlines" },
            full with { Note = "\uD800" },
            full with { Note = "" },
            full with { Actor = new string('水', 22) },
            full with { Kind = new string('k', 33) },
            full with { Points = [.. Enumerable.Repeat(full.Points[0], 17)] },
            full with { Command = ReadOnlyMemory<byte>.Empty },
            full with { Command = new byte[WireLimits.Command + 1] },
            full with { WallAfter = new Instant(long.MaxValue) },
        ];
        Assert.All(bad, happened => Assert.Throws<ArgumentException>(() => RoundTrip(happened)));
    }

    [Fact]
    public void Encode_LargestCommand_FitsIntoAnEnvelope() =>
        Assert.True(Some.Envelope(Some.Record(new EventBody(Full(EventType.CommandRefused) with { Command = new byte[WireLimits.Command] }))).Bytes.Length < WireLimits.Envelope);

    private static StationEvent RoundTrip(StationEvent happened)
    {
        Assert.True(RecordCodec.TryDecode(RecordCodec.Encode(Some.Record(new EventBody(happened))), out var decoded, out _));
        return Assert.IsType<EventBody>(decoded.Record!.Body).Event;
    }

    private static StationEvent Full(EventType type) => new()
    {
        Type = type,
        Instrument = "codmn-1",
        Parameter = "w01019",
        Actor = "张工",
        Note = "note",
        Kind = "kind",
        Passed = false,
        Points = [new CalibrationPoint(MeasuredValue.Parse("2.00"), null, MeasuredValue.Parse("2.01")), new CalibrationPoint(default, default(MeasuredValue), null)],
        Before = "before",
        After = "after",
        Level = MeasuredValue.Parse("11.4"),
        WallBefore = Some.Moment,
        WallAfter = new Instant(-1),
        Command = new byte[] { 1, 2, 3 },
    };

    private static StationEvent Required(EventType type) =>
        Enumerable.Range(1, 13).Except(EventCodec.Required[type]).Aggregate(Full(type), Without);

    private static StationEvent Without(StationEvent happened, int key) => key switch
    {
        1 => happened with { Instrument = null },
        2 => happened with { Parameter = null },
        3 => happened with { Actor = null },
        4 => happened with { Note = null },
        5 => happened with { Kind = null },
        6 => happened with { Passed = null },
        7 => happened with { Points = [] },
        8 => happened with { After = null },
        9 => happened with { Before = null },
        10 => happened with { Level = null },
        11 => happened with { WallBefore = null },
        12 => happened with { WallAfter = null },
        13 => happened with { Command = null },
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };
}
