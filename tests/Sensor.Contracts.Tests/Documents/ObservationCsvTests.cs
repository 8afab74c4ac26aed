using Sensor.Contracts.Documents;

namespace Sensor.Contracts.Tests.Documents;

public sealed class ObservationCsvTests
{
    private const string Header = "section,time,parameter,value,unit,flag";
    private const string Timed = Header + ",timeMethod,earliest,latest";

    [Fact]
    public void Read_AllColumnsInAnyOrder_GivesEachField()
    {
        var line = Assert.Single(Read("flag,unit,value,parameter,time,section,source,instrument,detectionLimit\r\nL,mg/L,0.02,w21003,2020-05-08T08:00:00+08:00,街口,CNEMC,nh3n-1,0.025\r\n"));

        Assert.Equal(2, line.Line);
        Assert.Equal(("街口", "w21003", "mg/L", "L", "CNEMC", "nh3n-1"), (line.Section, line.Parameter, line.Unit, line.Flag, line.Source, line.Instrument));
        Assert.Equal(("2020-05-08T00:00:00.000Z", "2020-05-08T08:00:00+08:00"), (line.Time.ToString(), line.TimeText));
        Assert.Equal(("0.02", "0.025"), (line.Value.ToString(), line.DetectionLimit.ToString()));
    }

    [Fact]
    public void Read_Interval_GivesMethodAndBothEnds()
    {
        var lines = Read(Timed + "\n街口,2020-05-08T00:00Z,w01019,1,mg/L,N,anchor-before,2020-05-07T23:59:59.500Z,2020-05-08T08:00:00.500+08:00\n街口,2020-05-08T00:00Z,w01019,1,mg/L,N,unresolved,2020-05-07T00:00Z,\n街口,2020-05-08T00:00Z,w01019,1,mg/L,N,,,\n");

        Assert.Equal(("anchor-before", "2020-05-07T23:59:59.500Z", "2020-05-08T00:00:00.500Z"), (lines[0].TimeMethod, lines[0].Earliest.ToString(), lines[0].Latest.ToString()));
        Assert.Equal(("unresolved", "2020-05-07T00:00:00.000Z", null), (lines[1].TimeMethod, lines[1].Earliest.ToString(), lines[1].Latest));
        Assert.Equal((null, null, null), (lines[2].TimeMethod, lines[2].Earliest, lines[2].Latest));
    }

    [Fact]
    public void Read_EmptyValueAndFlag_IsMissingAndNormal()
    {
        var line = Assert.Single(Read(Header + "\n街口,2020-05-08T00:00Z,w01019,,mg/L,"));
        Assert.Null(line.Value);
        Assert.Equal("N", line.Flag);
        Assert.Null(line.Source);
    }

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("section,time,parameter,value,unit", "line 1: the column 'flag' is missing")]
    [InlineData(Header + ",colour", "line 1: 'colour' is not a known column")]
    [InlineData(Header + ",flag", "line 1: a column is given twice")]
    [InlineData(Header + "\ns,2020-05-08T00:00Z,w01019,1,mg/L", "line 2: 5 fields where the header has 6")]
    [InlineData(Header + "\n\ns,2020-05-08 00:00,w01019,1,mg/L,N", "line 3: time '2020-05-08 00:00' is not an ISO 8601 time with offset")]
    [InlineData(Header + "\ns,2020-05-08T00:00Z,CODMn,1,mg/L,N", "line 2: parameter 'CODMn' is not a national factor code")]
    [InlineData(Header + "\ns,2020-05-08T00:00Z,w01019,1e3,mg/L,N", "line 2: value '1e3' is not a plain decimal number")]
    [InlineData(Header + "\ns,2020-05-08T00:00Z,w01019,<0.02,mg/L,N", "line 2: value '<0.02' is not a plain decimal number")]
    [InlineData(Header + "\ns,2020-05-08T00:00Z,w01019,1,,N", "line 2: unit '' is not a UCUM unit")]
    [InlineData(Header + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N1", "line 2: flag 'N1' is not one or two letters")]
    [InlineData(Header + "\n ab,2020-05-08T00:00Z,w01019,1,mg/L,N", "line 2: section ' ab' is not a section's name")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,guess,2020-05-08T00:00Z,2020-05-08T00:00Z", "line 2: timeMethod 'guess' is not one of clock, anchor-before")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,,2020-05-08T00:00Z,", "line 2: timeMethod '' is not a word that says how")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,clock,2020-05-08T00:00Z,", "line 2: timeMethod 'clock' is not complete")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,unresolved,2020-05-08T00:00Z,2020-05-08T00:00Z", "line 2: timeMethod 'unresolved' is not how an interval with both ends is known")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,clock,2020-05-08T00:00:01Z,2020-05-08T00:00:02Z", "line 2: earliest '2020-05-08T00:00:01Z' is not at or before time")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,clock,2020-05-08T00:00Z,2020-05-07T00:00Z", "line 2: latest '2020-05-07T00:00Z' is not at or after time")]
    [InlineData(Timed + "\ns,2020-05-08T00:00Z,w01019,1,mg/L,N,clock,soon,2020-05-08T00:00Z", "line 2: earliest 'soon' is not an ISO 8601 time")]
    public void Read_WrongLine_IsNamedWithItsRemedy(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static List<ObservationLine> Read(string text) => [.. ObservationCsv.Read(new StringReader(text))];
}
