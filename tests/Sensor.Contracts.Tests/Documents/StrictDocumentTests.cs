using System.Text;
using CsCheck;
using Sensor.Contracts.Documents;

namespace Sensor.Contracts.Tests.Documents;

public sealed class StrictDocumentTests
{
    private const string Good = """
        {
          // a comment
          "station": "JIEKOU-1",
          "cadence": 240, /* minutes */
          "tls": true,
          "mode": "live",
          "broker": { "host": "localhost", "port": 1883 },
          "instruments": [ { "id": "codmn-1" }, { "id": "tp-1" } ],
          "operators": [ "anhui", "zhejiang" ],
        }
        """;

    [Fact]
    public void Read_GoodDocumentWithCommentsAndTrailingComma_GivesItsValues() =>
        Assert.Equal("JIEKOU-1 240 True live localhost:1883 codmn-1,tp-1 anhui,zhejiang", Read(Good));

    [Fact]
    public void Read_ByteOrderMark_IsPassedOver() => Assert.StartsWith("JIEKOU-1", Read("\uFEFF" + Good), StringComparison.Ordinal);

    [Fact]
    public void Read_FiveMistakes_ReportsFiveWithPathAndRemedy()
    {
        var problems = Problems("""
            {
              "station": "jiekou",
              "cadence": 0,
              "tls": "yes",
              "broker": { "host": "localhost", "prot": 1883 },
              "instruments": [ { "id": "codmn-1" }, { "id": "no good" } ]
            }
            """);

        Assert.Equal(["station", "cadence", "tls", "instruments[1].id", "broker.prot"], problems.Select(p => p.Path));
        Assert.All(problems, p => Assert.True(p.What.Length > 0 && p.Remedy.Length > 0));
        Assert.Contains("host, port", problems[^1].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "stations": "X" }""", "stations", "is not a known member")]
    [InlineData("""{ "station": "X", "station": "Y" }""", "station", "is given twice")]
    [InlineData("""{ "broker": { "host": "a", "host": "b" } }""", "broker.host", "is given twice")]
    [InlineData("""{ "station": null }""", "station", "is missing")]
    [InlineData("""{ "cadence": 1.5 }""", "cadence", "a whole number from 1 to 1440 was expected, not the number 1.5")]
    [InlineData("""{ "cadence": 99999999999999999999 }""", "cadence", "a whole number from 1 to 1440 was expected, not the number 99999999999999999999")]
    [InlineData("""{ "broker": [] }""", "broker", "an object was expected, not an array")]
    [InlineData("""{ "instruments": {} }""", "instruments", "an array was expected, not an object")]
    [InlineData("""{ "instruments": [ 1 ] }""", "instruments[0]", "an object was expected, not the number 1")]
    [InlineData("""{ "instruments": [] }""", "instruments", "needs at least 1 element")]
    [InlineData("""{ "operators": [ 1 ] }""", "operators[0]", "an operator was expected, not the number 1")]
    [InlineData("""{ "mode": "lively" }""", "mode", "one of live, replay was expected, not the text \"lively\"")]
    [InlineData("""{ "station": "" }""", "station", "a station id was expected, not the text \"\"")]
    [InlineData("[]", "", "an object was expected, not an array")]
    [InlineData("""{ "station": "\uD800" }""", "\"\\uD800\"", "has an escape of half a character")]
    [InlineData("""{ "\uD800": 1 }""", "a member name", "has an escape of half a character")]
    public void Read_OneMistake_IsNamed(string json, string path, string what) =>
        Assert.Contains(Problems(json), p => p.Path == path && p.What == what);

    [Fact]
    public void Read_MemberThatIsNoObject_IsOneMistakeAndNotOnePerMember() =>
        Assert.Single(Problems(Good.Replace("{ \"host\": \"localhost\", \"port\": 1883 }", "7", StringComparison.Ordinal)));

    [Fact]
    public void Read_NotJson_NamesTheLine()
    {
        var problem = Assert.Single(Problems("{\n  \"station\": \n}"));
        Assert.StartsWith("line 3", problem.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherEncoding_SaysToSaveAsUtf8()
    {
        // 街口 in GB 18030, as an editor on a Chinese Windows may save it.
        byte[] gb = [.. "{ \"station\": \""u8, 0xBD, 0xD6, 0xBF, 0xDA, .. "\" }"u8];
        var problem = Assert.Single(Assert.Throws<DocumentException>(() => StrictDocument.Read("edge.json", gb, Parse)).Problems);
        Assert.Contains("UTF-8", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Empty_IsNotJson() => Assert.Equal("is not JSON", Assert.Single(Problems("")).What);

    [Fact]
    public void Message_OfRefusedDocument_ListsEveryMistakeOnALine()
    {
        var message = Assert.Throws<DocumentException>(() => Read("""{ "station": 1, "cadence": 0 }""")).Message;
        Assert.Contains("edge.json has 3 mistakes:\n  station: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomChanges_OnlyEverThrowsDocumentException()
    {
        var good = Encoding.UTF8.GetBytes(Good);
        Wire.Mutations.Of(good).Sample(
            bytes =>
            {
                try
                {
                    StrictDocument.Read("edge.json", bytes, Parse);
                }
                catch (DocumentException e)
                {
                    Assert.NotEmpty(e.Problems);
                }
            },
            iter: 10_000);
    }

    private static IReadOnlyList<DocumentProblem> Problems(string json) => Assert.Throws<DocumentException>(() => Read(json)).Problems;

    private static string Read(string json) => StrictDocument.Read("edge.json", Encoding.UTF8.GetBytes(json), Parse);

    private static string Parse(StrictObject root)
    {
        var station = root.Text("station", Names.IsStation, "a station id");
        var cadence = root.Whole("cadence", 1, 1440);
        var tls = root.Truth("tls", fallback: false);
        var mode = root.Word("mode", ["live", "replay"], "live");
        var instruments = root.Children("instruments", least: 1).Select(i =>
        {
            var id = i.Text("id", Names.IsInstrument, "an instrument id");
            i.End();
            return id;
        }).ToList();
        var operators = root.Texts("operators", rule: Names.IsLowerId, expected: "an operator");
        var where = "";
        if (root.OptionalChild("broker") is { } broker)
        {
            where = $"{broker.Text("host")}:{broker.Whole("port", 1, 65_535, 1883)}";
            broker.End();
        }

        return $"{station} {cadence} {tls} {mode} {where} {string.Join(',', instruments)} {string.Join(',', operators)}";
    }
}
