using System.Text;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Tests.Interop.Json;

public sealed class JsonImportReaderTests
{
    private const string Message = """{ "topic": "gw/{station}/v", "stations": { "one": "GW-1" }, "timeAt": "/t", "timeForm": "unix-seconds", "dataTime": "instant", "unflagged": "N", "parameters": [{ "as": "w01001", "unit": "[pH]", "valueAt": "/ph" }] }""";

    [Fact]
    public void Read_Import_TakesItsMembersAndDefaults()
    {
        var import = Assert.IsType<JsonImportConfiguration>(Assert.Single(Read(Import(Message))));

        Assert.Equal(new ExternalBroker { Host = "b", Port = 8883, Tls = true, ClientId = "waterwatch-import-anhui", Place = "imports[0].connect" }, import.Connect);
        Assert.Equal(new JsonImportLimits { MessageBytes = 65_536, Readings = 1000, ReceiveMaximum = 64 }, import.Limits);
        Assert.Equal(["GW-1"], import.StationIds);
        Assert.Equal("one", import.Messages[0].Topic.NameIn("gw/one/v"));
        Assert.Null(import.Messages[0].Topic.NameIn("gw/one/v/w"));
    }

    [Theory]
    [InlineData("gw/{station}/v", "gw/+/w", "imports[0].filter", "is not covered")]
    [InlineData("gw/{station}/v", "x/{station}/v", "imports[0].messages[0].topic", "is not covered by the filter")]
    [InlineData("gw/{station}/v", "gw/+/v", "imports[0].messages[0].topic", "a topic without wildcards")]
    [InlineData("gw/{station}/v", "{station}/{station}/v", "imports[0].messages[0].topic", "a topic without wildcards")]
    [InlineData("\"stations\": { \"one\": \"GW-1\" }", "\"station\": \"GW-1\"", "imports[0].messages[0].stations", "is missing")]
    [InlineData("\"GW-1\"", "\"gw 1\"", "imports[0].messages[0].stations.one", "a station id")]
    [InlineData("\"/t\"", "\"t\"", "imports[0].messages[0].timeAt", "a JSON Pointer (RFC 6901)")]
    [InlineData("unix-seconds", "local", "imports[0].messages[0].utcOffset", "goes with a timeForm of local")]
    [InlineData("unix-seconds", "iso", "imports[0].messages[0].timeForm", "one of iso8601, unix-seconds")]
    [InlineData("\"dataTime\": \"instant\"", "\"dataTime\": \"start\"", "imports[0].messages[0].periodMinutes", "goes with a dataTime of start or end")]
    [InlineData("\"unflagged\": \"N\",", "", "imports[0].messages[0].unflagged", "while parameters have no flagAt")]
    [InlineData("\"valueAt\": \"/ph\"", "\"valueAt\": \"/ph\", \"flagAt\": \"/q\"", "imports[0].messages[0].flags", "while parameters have a flagAt")]
    [InlineData("\"valueAt\": \"/ph\"", "\"valueAt\": \"/ph\", \"name\": \"pH\"", "imports[0].messages[0].parameters[0].name", "is not a known member")]
    [InlineData("\"as\": \"w01001\",", "", "imports[0].messages[0].parameters[0].as", "is missing")]
    [InlineData("\"timeAt\"", "\"parameterAt\": \"/n\", \"timeAt\"", "imports[0].messages[0].valueAt", "is missing")]
    public void Read_Mistake_IsReportedWithItsPlace(string good, string bad, string place, string what)
    {
        var message = place.EndsWith("filter", StringComparison.Ordinal) ? Message : Message.Replace(good, bad, StringComparison.Ordinal);
        var json = place.EndsWith("filter", StringComparison.Ordinal) ? Import(message).Replace("gw/+/v", "$share/g/gw/+/v", StringComparison.Ordinal) : Import(message);

        var problem = Assert.Throws<DocumentException>(() => Read(json)).Problems.FirstOrDefault(p => p.Path == place);

        Assert.NotNull(problem);
        Assert.Contains(place.EndsWith("filter", StringComparison.Ordinal) ? "not shared" : what, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoImportsOfOneStationAndClientId_AreRefused()
    {
        var refused = Assert.Throws<DocumentException>(() => Read(Import(Message), Import(Message)));

        Assert.Equal(["the client id waterwatch-import-anhui at b:8883 stands 2 times", "the station GW-1 stands 2 times"], refused.Problems.Select(p => p.What));
    }

    [Fact]
    public void Read_TopicsThatOneTopicCanFit_AreRefused()
    {
        var other = Message.Replace("gw/{station}/v\", \"stations\": { \"one\": \"GW-1\" }", "gw/two/v\", \"station\": \"GW-2\"", StringComparison.Ordinal);

        var refused = Assert.Throws<DocumentException>(() => Read(Import($"{Message}, {other}")));

        Assert.Equal("imports[0].messages[1].topic", Assert.Single(refused.Problems).Path);
    }

    [Theory]
    [InlineData("#", true)]
    [InlineData("a/#", true)]
    [InlineData("a/b/+/#", true)]
    [InlineData("a/+/+", true)]
    [InlineData("+/b/+", true)]
    [InlineData("a/b/c/#", false)]
    [InlineData("a/b/d", false)]
    [InlineData("a/b/c", false)]
    [InlineData("a/b", false)]
    [InlineData("a/+/+/+", false)]
    public void IsCoveredBy_Filter_IsAsMqttMatches(string filter, bool expected)
    {
        Assert.True(TopicTemplate.TryParse("a/b/{station}", out var template));

        Assert.Equal(expected, template.IsCoveredBy(filter));
    }

    private static string Import(string messages) =>
        $$"""{ "kind": "mqtt-json", "connect": { "host": "b", "port": 8883, "tls": true }, "filter": "gw/+/v", "messages": [{{messages}}] }""";

    private static IReadOnlyList<ImportConfiguration> Read(params string[] imports) =>
        StrictDocument.Read("config", Encoding.UTF8.GetBytes($$"""{ "imports": [{{string.Join(',', imports)}}] }"""), json => ImportReader.ReadAll(json, "anhui", "/"));
}
