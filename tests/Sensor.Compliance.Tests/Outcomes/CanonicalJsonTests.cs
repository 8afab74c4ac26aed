using System.Text;
using System.Text.Json;
using Sensor.Compliance.Outcomes;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("weird")]
    public void Write_PublishedVectorOfRfc8785_GivesItsBytes(string name)
    {
        using var input = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf($"tests/cases/jcs/input_{name}.json")));

        Assert.Equal(
            Encoding.UTF8.GetString(File.ReadAllBytes(Repository.PathOf($"tests/cases/jcs/output_{name}.json"))).TrimEnd('\n'),
            Encoding.UTF8.GetString(CanonicalJson.Write(Item(input.RootElement))));
    }

    [Fact]
    public void Write_ControlCharacters_UsesTheShortestEscapes()
    {
        JsonItem text = "\u0000\b\t\n\f\r\u001f\"\\/\u007f€";

        Assert.Equal("\"\\u0000\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\u007f€\"", Encoding.UTF8.GetString(CanonicalJson.Write(text)));
    }

    [Fact]
    public void Write_UnpairedSurrogate_IsRefused()
    {
        // Not as inline data: an assembly's metadata cannot hold them.
        foreach (var text in new[] { "\ud83d", "\ude02", "a\ude02\ud83d" })
        {
            Assert.Throws<ArgumentException>(() => CanonicalJson.Write(text));
        }
    }

    [Theory]
    [InlineData(9007199254740992)]
    [InlineData(-9007199254740992)]
    public void Write_NumberThatAFloatCannotHold_IsRefused(long number) => Assert.Throws<ArgumentException>(() => CanonicalJson.Write(number));

    private static JsonItem Item(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Aggregate(new JsonObject(), (o, m) => o.With(m.Name, Item(m.Value))),
        JsonValueKind.Array => new JsonList([.. json.EnumerateArray().Select(Item)]),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => (long)json.GetDecimal(),
        JsonValueKind.Null => JsonNull.Instance,
        _ => json.GetBoolean(),
    };
}
