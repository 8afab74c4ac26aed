using CsCheck;
using Sensor.Contracts.Documents;

namespace Sensor.Contracts.Tests.Documents;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\r\nc,d\r\n", "1[a|b]2[c|d]")]
    [InlineData("a,b\nc,d", "1[a|b]2[c|d]")]
    [InlineData("\"a\",\"b \"\"x\"\"\",\"c,d\"", "1[a|b \"x\"|c,d]")]
    [InlineData("\"a\r\nb\",c\nd,e", "1[a\r\nb|c]3[d|e]")]
    [InlineData("a,,\n,,", "1[a||]2[||]")]
    [InlineData("\n\na\n\nb\n", "3[a]5[b]")]
    [InlineData("\uFEFFa,b", "1[a|b]")]
    [InlineData("\uFEFF\"a\",b", "1[a|b]")]
    [InlineData("a, b ", "1[a| b ]")]
    [InlineData("街口,水", "1[街口|水]")]
    [InlineData("", "")]
    public void Read_Text_GivesRecordsAndTheirLines(string text, string expected) => Assert.Equal(expected, Shown(text));

    [Theory]
    [InlineData("a\"b", "line 1: a double quote inside a field")]
    [InlineData("x\n\"a\"b", "line 2: text follows a closed quoted field")]
    [InlineData("x\ny\n\"a", "line 3: a quoted field is never closed")]
    public void Read_BrokenQuotes_NamesTheLine(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Shown(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_EndlessField_IsRefused() =>
        Assert.Contains("longer than 4096", Assert.Throws<FormatException>(() => Shown("\"" + new string('x', 5000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Quote_AnyFields_ReadBack() => Gen.String[Gen.Char["ab,\"\r\n 水"], 0, 12].Array[2, 5].Array[1, 4].Sample(
        rows =>
        {
            var text = string.Join("\r\n", rows.Select(row => string.Join(',', row.Select(CsvReader.Quote))));
            var read = CsvReader.Read(new StringReader(text)).Select(r => string.Join('\u0001', r.Fields));
            Assert.Equal(rows.Select(row => string.Join('\u0001', row)), read);
        },
        iter: 5_000);

    private static string Shown(string text) =>
        string.Concat(CsvReader.Read(new StringReader(text)).Select(r => $"{r.Line}[{string.Join('|', r.Fields)}]"));
}
