using System.Text;
using Sensor.Contracts;
using Sensor.Ingest.Interop.Json;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Interop.Json;

public sealed class JsonMessageTests
{
    public static TheoryData<string, string, string[]> Taken => [.. JsonSettings.In("taken", "readings").Select(c => (c.Settings, c.Message, c.Expected.ToArray()))];

    public static TheoryData<string, string, string, string> Refused => [.. JsonSettings.In("refused", "refused").Select(c => (c.Settings, c.Message, c.Expected[0], c.Expected[1]))];

    [Theory]
    [MemberData(nameof(Taken))]
    public void Read_MessageThatFits_GivesItsReadings(string settings, string message, string[] expected)
    {
        var bodies = JsonMessage.Read(Encoding.UTF8.GetBytes(message), JsonSettings.Of(settings), 10, "sha256:x", out var refusal);

        Assert.Null(refusal);
        Assert.Equal(expected, bodies!.SelectMany(b => b.Readings).Select(Written));
        Assert.All(bodies!, b => Assert.All(b.Readings, r => Assert.Equal(b.Instant, r.SampledTo)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_MessageThatDoesNotFit_IsRefusedWithReasonAndPlace(string settings, string message, string reason, string detail)
    {
        Assert.Null(JsonMessage.Read(Encoding.UTF8.GetBytes(message), JsonSettings.Of(settings), 10, "sha256:x", out var refusal));

        Assert.Equal(reason, refusal!.Kind);
        Assert.Contains(detail, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreRefused()
    {
        byte[] message = [.. "{\"ts\":1617235200123,\"d\":{\"pH\":\""u8, 0xFF, .. "\"}}"u8];

        Assert.Null(JsonMessage.Read(message, JsonSettings.Of("wide"), 10, "sha256:x", out var refusal));

        Assert.Equal(new JsonRefusal("syntax", "the message is not UTF-8"), refusal);
    }

    [Fact]
    public void Read_MoreReadingsThanAllowed_IsRefusedAsASize()
    {
        var rows = string.Join(',', Enumerable.Range(0, 11).Select(i => $"[7,{i}]"));

        Assert.Null(JsonMessage.Read(Encoding.UTF8.GetBytes($"{{\"until\":\"2021-04-01T08:00\",\"rows\":[{rows}]}}"), JsonSettings.Of("local"), 10, "sha256:x", out var refusal));

        Assert.Equal(new JsonRefusal("size", "at /rows: 11 items; limits.readings of the import is 10"), refusal);
    }

    [Fact]
    public void Read_Items_AreNamedInTheRawSignal()
    {
        var bodies = JsonMessage.Read("""{"until":"2021-04-01T08:00","rows":[[8,1],[7,0.02]]}"""u8.ToArray(), JsonSettings.Of("local"), 10, "sha256:x", out _);

        Assert.Equal("sha256:x item 1", bodies!.Single().Readings.Single().Raw);
    }

    private static string Written(Reading r) => $"{r.Parameter} {r.Value?.ToString() ?? r.Missing.ToString()} {r.Unit} {r.Flag} {r.SampledFrom} {r.SampledTo}";
}
