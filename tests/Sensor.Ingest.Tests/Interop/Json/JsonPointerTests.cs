using System.Text.Json;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Tests.Interop.Json;

public sealed class JsonPointerTests
{
    // RFC 6901, section 5.
    private const string Document = """{ "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8 }""";

    [Theory]
    [InlineData("/foo", """["bar", "baz"]""")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    [InlineData("", Document)]
    public void Find_ExamplesOfTheStandard_FindsWhatItSays(string place, string expected) => Assert.Equal(expected, Find(Document, place)?.GetRawText());

    [Theory]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/00")]
    [InlineData("/foo/01")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/99999999999999999999")]
    [InlineData("/foo/0/x")]
    [InlineData("/a/b")]
    [InlineData("/m~01n")]
    public void Find_NothingAtThePlace_IsNull(string place) => Assert.Null(Find(Document, place));

    // Section 4: ~01 is ~1, never a slash.
    [Fact]
    public void Find_EscapedTilde_IsUnescapedOnce() => Assert.Equal("1", Find("""{"~1": 1, "/": 2}""", "/~01")?.GetRawText());

    [Theory]
    [InlineData("foo")]
    [InlineData("/a~")]
    [InlineData("/a~2b")]
    [InlineData(null)]
    public void TryParse_NotAPointer_IsRefused(string? text) => Assert.False(JsonPointer.TryParse(text, out _));

    private static JsonElement? Find(string document, string place)
    {
        Assert.True(JsonPointer.TryParse(place, out var parsed));
        Assert.Equal(place, parsed.ToString());
        return parsed.Find(JsonDocument.Parse(document).RootElement);
    }
}
