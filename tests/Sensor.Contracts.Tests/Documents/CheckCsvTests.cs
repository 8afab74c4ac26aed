using Sensor.Contracts.Documents;

namespace Sensor.Contracts.Tests.Documents;

public sealed class CheckCsvTests
{
    private const string Header = "section,time,instrument,parameter,kind,passed";

    [Fact]
    public void Read_AllColumns_GivesEachField()
    {
        var line = Assert.Single(CheckCsv.Read(new StringReader(Header + ",source\n街口,2020-05-08T08:00:00+08:00,codmn-1,w01019,span,false,JIEKOU-1\n")));

        Assert.Equal((2, "街口", "codmn-1", "w01019", "span", false, "JIEKOU-1"), (line.Line, line.Section, line.Instrument, line.Parameter, line.Kind, line.Passed, line.Source));
    }

    [Theory]
    [InlineData("街口,yesterday,codmn-1,w01019,span,true", "line 2: time 'yesterday'")]
    [InlineData("街口,2020-05-08T08:00:00+08:00,codmn-1,CODMn,span,true", "line 2: parameter 'CODMn'")]
    [InlineData("街口,2020-05-08T08:00:00+08:00,codmn-1,w01019,,true", "line 2: kind ''")]
    [InlineData("街口,2020-05-08T08:00:00+08:00,codmn-1,w01019,span,yes", "line 2: passed 'yes' is not true or false")]
    [InlineData("街口,2020-05-08T08:00:00+08:00,codmn-1,w01019,span", "line 2: 5 fields")]
    public void Read_WrongLine_SaysWhat(string line, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => CheckCsv.Read(new StringReader(Header + "\n" + line + "\n")).ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ColumnOfObservations_IsRefused() =>
        Assert.Contains("'value' is not a known column", Assert.Throws<FormatException>(() => CheckCsv.Read(new StringReader(Header + ",value\n")).ToList()).Message, StringComparison.Ordinal);
}
