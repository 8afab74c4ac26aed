using Sensor.Contracts.Documents;

namespace Sensor.Contracts.Tests.Documents;

public sealed class ObservationCsvTests
{
    private const string Header = "section,time,parameter,value,unit,flag";

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
    public void Read_WrongLine_IsNamedWithItsRemedy(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static List<ObservationLine> Read(string text) => [.. ObservationCsv.Read(new StringReader(text))];
}
