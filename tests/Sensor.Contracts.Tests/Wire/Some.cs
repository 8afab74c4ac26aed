using CsCheck;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>Valid things to start from, and generators of any valid thing.</summary>
internal static class Some
{
    public static readonly Digest Digest = Contracts.Digest.Of("some"u8);

    public static readonly LifeId Run = new(Digest.ToArray().AsSpan(0, LifeId.Size));

    public static readonly Instant Moment = new(1_588_896_000_000);

    public static SigningKey StationKey { get; } = SigningKey.FromPem(File.ReadAllText(Repository.PathOf("tests/cases/wire/v1/station.pem")));

    public static SigningKey OperatorKey { get; } = SigningKey.FromPem(File.ReadAllText(Repository.PathOf("tests/cases/wire/v1/operator.pem")));

    public static Reading Reading { get; } = new()
    {
        Parameter = ParameterCatalogue.CodMn,
        Value = MeasuredValue.Parse("1.40"),
        Unit = "mg/L",
        Flag = "N",
        Instrument = "codmn-1",
        SampledFrom = Moment,
        SampledTo = Moment,
    };

    public static Receipt Receipt { get; } = new()
    {
        Deployment = "xinanjiang",
        Station = "JIEKOU-1",
        Operator = "zhejiang",
        Run = Run,
        Through = 5,
        ThroughDigest = Digest,
        Time = Moment,
        LogSize = 7,
        LogRoot = Digest,
    };

    public static Command Command { get; } = new()
    {
        Deployment = "xinanjiang",
        Station = "JIEKOU-1",
        Operator = "zhejiang",
        Sequence = 1,
        Issued = Moment,
        Name = "resend",
        Arguments = [new CommandArgument("first", "1"), new CommandArgument("last", "2")],
    };

    public static StationRecord Record(RecordBody? body = null, long sequence = 2) => new()
    {
        Header = new RecordHeader
        {
            Version = StationRecord.CurrentVersion,
            Deployment = "xinanjiang",
            Station = "JIEKOU-1",
            Run = Run,
            Sequence = sequence,
            Previous = sequence == 1 ? null : Digest,
        },
        Wall = Moment,
        BootMilliseconds = 1,
        Boot = Run,
        Clock = new ClockState(ClockStatus.Synchronised, 3, "kernel"),
        Configuration = Digest,
        Body = body ?? new ReadingsBody(Moment, [Reading]),
    };

    public static Envelope Envelope(StationRecord? record = null) =>
        Contracts.Wire.Envelope.Sign(ContentTypes.Record, RecordCodec.Encode(record ?? Record()), StationKey);

    public static Envelope Parsed(ReadOnlyMemory<byte> bytes)
    {
        Assert.True(Contracts.Wire.Envelope.TryParse(bytes, out var envelope, out var refusal), refusal?.Detail);
        return envelope;
    }

    public static readonly Gen<Digest> AnyDigest = Gen.Byte.Array[Digest.Size].Select(bytes => new Digest(bytes));

    public static readonly Gen<LifeId> AnyLife = Gen.Byte.Array[LifeId.Size].Select(bytes => new LifeId(bytes));

    public static readonly Gen<Instant> AnyInstant = Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Select(ms => new Instant(ms));

    public static readonly Gen<MeasuredValue> AnyValue =
        Gen.Select(Gen.OneOf(Gen.Long[-MeasuredValue.MaxMantissa, MeasuredValue.MaxMantissa], Gen.Long[-300, 300]), Gen.Int[MeasuredValue.MinExponent, 0], (m, e) => new MeasuredValue(m, e));

    public static readonly Gen<string> AnyUpper = Gen.Char["ABCXYZ019-"].Array[1, 32].Select(c => new string(c));

    public static readonly Gen<string> AnyLower = Gen.Char["abcxyz019-"].Array[1, 32].Select(c => new string(c));

    public static readonly Gen<Reading> AnyReading = Gen.Select(AnyValue, Gen.Int[0, 8], Text(WireLimits.Unit), AnyInstant, AnyInstant, Text(WireLimits.Raw), AnyValue, Gen.Bool, (value, missing, unit, a, b, raw, limit, flag) => new Reading
    {
        Parameter = flag ? "w01019" : "a00000",
        Value = missing == 8 ? value : null,
        Missing = missing == 8 ? null : (MissingReason)missing,
        Unit = unit,
        Flag = flag ? "N" : "hd",
        Instrument = flag ? "Codmn_1.a" : "-",
        SampledFrom = a < b ? a : b,
        SampledTo = a < b ? b : a,
        DatedBy = flag ? DatedBy.Instrument : DatedBy.Station,
        DetectionLimit = flag ? limit : null,
        Raw = flag ? null : raw,
    });

    public static readonly Gen<LossBody> AnyLoss = Gen.Select(AnyLife, Gen.Long[1, long.MaxValue], Gen.Long[0, 1000], AnyDigest, Gen.Enum<LossReason>(), Gen.Bool, (run, first, more, digest, reason, known) => new LossBody
    {
        Run = run,
        First = first,
        Last = first > long.MaxValue - more ? first : first + more,
        FirstDigest = known ? digest : null,
        LastDigest = known ? null : digest,
        Count = 1,
        Reason = reason,
    });

    public static readonly Gen<StationEvent> AnyEvent = Gen.Select(Gen.Enum<EventType>(), Text(WireLimits.Note), Text(WireLimits.Name), AnyValue, AnyInstant, Gen.Byte.Array[1, 300], Gen.Bool, (type, text, kind, value, moment, bytes, flag) => new StationEvent
    {
        Type = type,
        Instrument = "i",
        Parameter = "w01019",
        Actor = "actor",
        Note = text,
        Kind = kind,
        Passed = flag,
        Points = [new CalibrationPoint(value, flag ? value : null, flag ? null : value)],
        After = text,
        Before = flag ? text : null,
        Level = flag ? value : null,
        WallBefore = moment,
        WallAfter = moment,
        Command = bytes,
    });

    public static readonly Gen<StationRecord> AnyRecord = Gen.Select(
        Gen.OneOf<RecordBody>(
            Gen.Select(AnyInstant, AnyReading.Array[1, 4], (instant, readings) => (RecordBody)new ReadingsBody(instant, readings)),
            AnyEvent.Select(happened => (RecordBody)new EventBody(happened)),
            AnyLoss.Select(loss => (RecordBody)loss)),
        Gen.Long[1, long.MaxValue],
        AnyDigest,
        AnyLife,
        Gen.Select(AnyUpper, AnyLower, AnyInstant),
        Gen.Select(Gen.Enum<ClockStatus>(), Gen.Long[0, long.MaxValue], Gen.Bool),
        (body, sequence, digest, run, names, clock) => new StationRecord
        {
            Header = new RecordHeader
            {
                Version = 1,
                Deployment = names.Item2,
                Station = names.Item1,
                Run = run,
                Sequence = clock.Item3 ? 1 : Math.Max(2, sequence),
                Previous = clock.Item3 ? null : digest,
                PreviousRun = clock.Item3 && sequence % 2 == 0 ? new PreviousRun(run, sequence, digest) : null,
            },
            Wall = names.Item3,
            BootMilliseconds = clock.Item2,
            Boot = run,
            Clock = new ClockState(clock.Item1, clock.Item3 ? clock.Item2 : null, "kernel"),
            Configuration = digest,
            Receipts = clock.Item3 ? [] : [new ReceiptSeen("anhui", digest), new ReceiptSeen("zhejiang", digest)],
            Body = body,
        });

    /// <summary>Texts of ASCII and Chinese that fit.</summary>
    public static Gen<string> Text(int longest) =>
        Gen.Char["abc XYZ°C水质/{}\"\\µ"].Array[1, longest].Select(characters => WireText.Fit(new string(characters), longest)!);
}
