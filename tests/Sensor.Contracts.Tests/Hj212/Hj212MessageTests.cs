using System.Text;
using CsCheck;
using Sensor.Contracts.Hj212;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Hj212;

public sealed class Hj212MessageTests
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly Gen<string> Text = Gen.Char["ABCxyz0189._-"].Array[1, 12].Select(c => new string(c));

    private static readonly Gen<Hj212Item> Item =
        Gen.Select(Text, Gen.OneOf(Text, Gen.OneOfConst("", "//a;b,c=&&水//", "1.40")), (name, value) => new Hj212Field(name, value)).Array[1, 4].Select(f => new Hj212Item(f));

    private static readonly Gen<Hj212Message> Any = Gen.Select(
        Gen.Select(Text, Gen.OneOfConst("21", "32", "91"), Gen.Int[1000, 9999], Gen.Int[0, 255]),
        Gen.Int[1, 9999].Select(n => n % 2 == 0 ? (int?)n : null),
        Item.Array[0, 6],
        (head, packets, items) => new Hj212Message
        {
            Exchange = head.Item4 % 3 == 0 ? null : "20160801085857223",
            System = head.Item2,
            Command = $"{head.Item3}",
            Password = head.Item4 % 5 == 0 ? null : head.Item1,
            Station = head.Item1,
            Flag = head.Item4 % 7 == 0 ? null : head.Item4,
            Packets = packets,
            Packet = packets,
            Others = head.Item4 % 2 == 0 ? [] : [new Hj212Field("RF", "1")],
            Items = items,
        });

    public static TheoryData<string> Valid => [.. Hj212Vectors.Valid];

    [Theory, MemberData(nameof(Valid))]
    public void Read_ValidFrame_IsReadAndWrittenBackAsTheSame(string frame)
    {
        var message = Hj212Vectors.Message(frame);
        Assert.Equal(Hj212Writer.Segment(message), Hj212Writer.Segment(Hj212Vectors.Message(Encoding.UTF8.GetString(Hj212Writer.Frame(message)))));
        if (!frame.Contains("PNO", StringComparison.Ordinal) || message.Flag is not null)
        {
            Assert.Equal(frame, Encoding.UTF8.GetString(Hj212Writer.Frame(message)), ignoreCase: true);
        }
    }

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame() => Any.Sample(
        message =>
        {
            var frame = Encoding.UTF8.GetString(Hj212Writer.Frame(message));
            var read = Hj212Vectors.Message(frame);
            Assert.Equal(Hj212Writer.Segment(message), Hj212Writer.Segment(read));
            Assert.Equal((message.Exchange, message.System, message.Command, message.Password, message.Station), (read.Exchange, read.System, read.Command, read.Password, read.Station));
            Assert.Equal((message.Flag, message.Packets, message.Packet), (read.Flag, read.Packets, read.Packet));
            Assert.Equal(message.Items.Select(i => i.ToString()), read.Items.Select(i => i.ToString()));
            Assert.Empty(read.Irregularities);
        },
        iter: Trials.Of(2_000, 50_000));

    [Fact]
    public void Read_SurfaceWaterFrame_HasItsFieldsAndReadings()
    {
        var message = Hj212Vectors.Message(Hj212Vectors.Valid.Single(f => f.Contains("MN=NM100000_0005", StringComparison.Ordinal)));
        Assert.Equal(("20201030000000437", "21", "2061", "123456", "NM100000_0005", 9), (message.Exchange, message.System, message.Command, message.Password, message.Station, message.Flag));
        Assert.True(message.WantsAnswer);
        Assert.Equal("20201129210001", message.DataTime);
        var readings = Hj212Readings.Of(message).ToList();
        Assert.Equal(15, readings.Count);
        Assert.Equal(("w20119", "Avg", new MeasuredValue(0, -5), "N"), (readings[10].Parameter, readings[10].Kind, readings[10].Value, readings[10].Flag));
        Assert.Equal("w20119-Avg=0.00000,w20119-Flag=N", readings[10].Item.ToString());
    }

    [Fact]
    public void Read_PollutionSourceFrame_HasSampleTimesAndAllKinds()
    {
        var sampled = Hj212Readings.Of(Hj212Vectors.Message(Hj212Vectors.Valid.Single(f => f.Contains("MN=000101", StringComparison.Ordinal)))).ToList();
        Assert.Equal(["20240123110306", "20240123110305", "20240123110302", "20240123110336", null, null, null], sampled.Select(r => r.SampleTime));
        var hour = Hj212Readings.Of(Hj212Vectors.Message(Hj212Vectors.Valid.Single(f => f.Contains("DataTime=20240122170000", StringComparison.Ordinal)))).ToList();
        Assert.Equal(["Cou", "Min", "Avg", "Max"], hour.Take(4).Select(r => r.Kind));
        Assert.Equal(new MeasuredValue(-26, -3), hour.Single(r => r is { Parameter: "a01013", Kind: "Avg" }).Value);
    }

    [Fact]
    public void Read_PacketOfOlderSender_HasItsNumbersInAnyOrderAndNoFlag()
    {
        var message = Hj212Vectors.Message(Hj212Vectors.Valid.Single(f => f.Contains("PNO=1;PNUM=2", StringComparison.Ordinal)));
        Assert.Equal((2, 1, null, null, false), (message.Packets, message.Packet, message.Flag, message.Exchange, message.WantsAnswer));
    }

    [Fact]
    public void Read_SpikeRecovery_HasTheCheckAndTheWaterBefore() => Assert.Equal(
        ["Check=0.71 ra", "Water=0.21 ra"],
        Hj212Readings.Of(Hj212Vectors.Message(Hj212Vectors.Valid.Single(f => f.Contains("CN=2063", StringComparison.Ordinal)))).Select(r => $"{r.Kind}={r.Value} {r.Flag}"));

    [Theory]
    [InlineData("QN=20160801085857223,ST=32;CN=2011;MN=A;CP=&&&&", "a comma stands where a semicolon is due before CP")]
    [InlineData("ST=32;CN=2011;MN=A;Flag=5CP=&&&&", "no semicolon stands before CP")]
    [InlineData("ST=32;CN=2011;MN=A;CP=&& PolId=w01018&&", "blanks stand around a name or value")]
    [InlineData("ST=32;CN=2011;Mn=A;CP=&&&&", "MN is written Mn")]
    public void Read_IrregularityOfTheStandardsOwnExamples_IsReadAndNoted(string segment, string note) =>
        Assert.Equal([note], Hj212Vectors.Message(Hj212Vectors.Framed(segment)).Irregularities);

    [Theory]
    [InlineData("QN=1;CN=2011", "there is no data area CP=&&...&&", 6)]
    [InlineData("ST=32;CN=2011;MN=A;CP=&&", "the data area does not end with &&", 30)]
    [InlineData("ST=32;CN=2011;MN=A;CP=&&&", "the data area does not end with &&", 31)]
    [InlineData("ST=32;MN=A;CP=&&&&", "CN is missing", 6)]
    [InlineData("ST=32;CN=20;MN=A;CP=&&&&", "CN is not 4 digits", 12)]
    [InlineData("QN=2016080108585722;ST=32;CN=2011;MN=A;CP=&&&&", "QN is not 17 digits", 6)]
    [InlineData("ST=32;CN=2011;MN=A;Flag=256;CP=&&&&", "Flag is not a number from 0 to 255", 25)]
    [InlineData("ST=32;CN=2011;MN=;CP=&&&&", "MN is not the identity of a data logger", 20)]
    [InlineData("ST=32;CN=2011;MN=A;MN=B;CP=&&&&", "MN stands twice", 25)]
    [InlineData("ST=32;CN=2011;MN=A;CP=&&a=1;b&&", "a name and = were expected", 34)]
    public void Read_WrongSegment_IsRefusedWithReasonAndOffset(string segment, string reason, long offset)
    {
        var cut = Assert.IsType<Hj212Cut.Frame>(Assert.Single(Hj212Vectors.Cut(Hj212Vectors.Framed(segment))));
        Assert.Null(Hj212Reader.Read(cut, out var refusal));
        Assert.Equal(new Hj212Refusal(Hj212RefusalKind.Segment, reason, offset), refusal);
    }

    [Theory]
    [InlineData("20201129210001", "2020-11-29T13:00:01.000Z")]
    [InlineData("20210305003817123", "2021-03-04T16:38:17.123Z")]
    [InlineData("20210230000000", null)]
    [InlineData("2021-03-05", null)]
    [InlineData("00010101000000", null)]
    [InlineData(null, null)]
    public void Time_OfADataTime_IsExact(string? text, string? expected)
    {
        Assert.Equal(expected is not null, Hj212Time.TryParse(text, China, out var instant));
        if (expected is not null)
        {
            Assert.Equal(expected, instant.ToString());
            Assert.Equal(text![..14], Hj212Time.Format(instant, China));
            Assert.Equal(text.PadRight(17, '0'), Hj212Time.FormatExchange(instant, China));
        }
    }

    [Theory]
    [InlineData("060", "w21003")]
    [InlineData("011", "w01018")]
    [InlineData("001", "w01001")]
    [InlineData("B01", "w00000")]
    [InlineData("w01019", "w01019")]
    [InlineData("999", null)]
    public void National_OfACode_IsTheFactorOf2017(string sent, string? national) => Assert.Equal(national, Hj212Factors.National(sent));

    [Theory]
    [InlineData("2017", "F", "B")]
    [InlineData("2017", "B", "F")]
    [InlineData("2017", "Z", null)]
    [InlineData("2005", "T", null)]
    [InlineData("2005", "N", "N")]
    [InlineData("surface-water", "lw", "lw")]
    [InlineData("surface-water", "F", "F")]
    [InlineData("surface-water", "1", null)]
    public void FlagOf_Dialect_IsOursOrNothing(string dialect, string sent, string? ours) => Assert.Equal(ours, Hj212Dialect.All.Single(d => d.Name == dialect).FlagOf(sent));

    [Theory]
    [InlineData("2017", "CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=7;PNUM=2;PNO=1", "9014")]
    [InlineData("surface-water", "CN=9015", "9014")]
    [InlineData("2017", "CN=1013", "9013")]
    public void Answer_ToAFrame_IsTheDerivedFrame(string dialect, string asked, string answer)
    {
        var question = Hj212Vectors.Message(Hj212Vectors.Valid.Single(f => f.Contains(asked, StringComparison.Ordinal)));
        var spoken = Hj212Dialect.All.Single(d => d.Name == dialect);
        var message = answer == "9013" ? Hj212Answers.Notice(question, spoken) : Hj212Answers.Data(question, spoken);
        Assert.Contains(Encoding.ASCII.GetString(Hj212Writer.Frame(message)), Hj212Vectors.Valid);
    }

    [Fact]
    public void History_OfOneHour_IsTheDerivedExchange()
    {
        var frames = Hj212Vectors.Valid;
        var station = new Hj212Message { Exchange = "20160801085857223", System = "32", Command = "0000", Password = "123456", Station = "010000A8900016F000169DC0" };
        var request = Hj212Answers.History(station, Hj212Dialect.Of2017, "2061", "20160801080000", "20160801080000");

        Assert.Contains(Encoding.ASCII.GetString(Hj212Writer.Frame(request)), frames);
        Assert.Contains(Encoding.ASCII.GetString(Hj212Writer.Frame(Hj212Answers.Request(request, Hj212Dialect.Of2017, 1))), frames);
        Assert.Contains(Encoding.ASCII.GetString(Hj212Writer.Frame(Hj212Answers.Executed(request, Hj212Dialect.Of2017, 1))), frames);
    }

    [Fact]
    public void Frame_TooLong_Throws() => Assert.Throws<ArgumentException>(() =>
        Hj212Writer.Frame(new Hj212Message { System = "21", Command = "2011", Station = "A", Items = [new Hj212Item([new Hj212Field("a", new string('x', 1024))])] }));
}
