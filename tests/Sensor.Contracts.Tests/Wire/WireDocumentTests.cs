using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Sensor.Contracts.Wire;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>docs/wire.md says what the code does: its tables, its worked example and its CDDL are compared with the code.</summary>
public sealed partial class WireDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/wire.md"));

    [Fact]
    public void Limits_OfTheDocument_AreThoseOfTheCode() => Assert.Equal(
        Constants(typeof(WireLimits)).ToDictionary(c => c.Name, c => (int)c.GetRawConstantValue()!),
        Table("18. Limits").ToDictionary(row => row[0], row => int.Parse(row[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));

    [Fact]
    public void ContentTypes_OfTheDocument_AreThoseOfTheCode() => Assert.Equal(
        Constants(typeof(ContentTypes)).ToDictionary(c => c.Name, c => (string)c.GetRawConstantValue()!),
        Table("19. Content types").ToDictionary(row => row[0], row => row[1].Trim('`')));

    [Fact]
    public void Topics_OfTheDocument_AreThoseOfTheCode() => Assert.Equal(
        [
            Topics.Records("{station}"), Topics.Backlog("{station}"), Topics.Receipt("{station}", "{operator}"), Topics.Status("{station}"),
            Topics.Command("{station}", "{operator}"), Topics.Configuration("{station}", "{operator}"), Topics.Log("{station}", "{operator}"), Topics.Live("{section}", "{parameter}"), Topics.Outcome("{agreement}", "{section}", "{window}"),
        ],
        Table("17. Topics").Select(row => row[0].Trim('`')));

    [Fact]
    public void Flags_OfTheDocument_AreThoseOfTheCode() => Assert.Equal(
        Flag.Known.Values.Select(f => (f.Code, f.Use.ToString())),
        Table("8. Readings").Where(row => row.Length == 4).Select(row => (row[0], row[3])));

    [Fact]
    public void Reasons_OfTheDocument_AreThoseOfTheCode() => Assert.Equal(
        Enum.GetValues<MissingReason>().Select(r => (((int)r).ToString(CultureInfo.InvariantCulture), r.ToString())),
        Table("8. Readings").Where(row => row.Length == 3).Select(row => (row[0], row[1])));

    [Fact]
    public void Events_OfTheDocument_AreThoseOfTheCode() => Assert.Equal(
        Enum.GetValues<EventType>().Select(t => $"{(int)t} {t}: {string.Join(", ", EventCodec.Required[t])}"),
        Table("9. Events").Select(row => $"{row[0]} {row[1]}: {row[2]}"));

    [Fact]
    public void WorkedExample_OfTheDocument_IsTheSampleAndItsDigest()
    {
        var hex = Comment().Replace(Block("hex"), "");
        var bytes = Convert.FromHexString(string.Concat(hex.Where(c => !char.IsWhiteSpace(c))));

        Assert.Equal(Samples.Bytes("v1/event-maintenance-end.cbor"), bytes);
        Assert.Equal(Block("digest").Trim(), Some.Parsed(bytes).Digest.ToString());
    }

    [Fact]
    public void Cddl_OfTheDocument_DefinesEachNameOnceAndUsesEach()
    {
        var rules = CddlComment().Replace(Block("cddl"), "");
        var defined = CddlRule().Matches(rules).Select(m => m.Groups[1].Value).ToList();
        var used = CddlName().Matches(CddlText().Replace(rules, "")).GroupBy(m => m.Value).ToDictionary(g => g.Key, g => g.Count());
        string[] known = ["bstr", "tstr", "uint", "nint", "int", "bool", "cbor", "cborseq", "size", "regexp"];
        string[] labels = ["run", "last", "digest", "operator", "receipt", "first", "name", "value", "exponent", "mantissa"];

        Assert.Equal(defined.Distinct(), defined);
        Assert.Empty(used.Keys.Except(defined).Except(known).Except(labels));
        Assert.Equal(["envelope", "message"], defined.Where(name => used[name] < 2));
    }

    [Theory]
    [InlineData("boot", 1)]
    [InlineData("calibration", 2)]
    [InlineData("check", 3)]
    [InlineData("configuration", 6)]
    [InlineData("setting", 7)]
    [InlineData("clock-step", 8)]
    [InlineData("power-or-door", 9)]
    [InlineData("power-or-door", 10)]
    [InlineData("obeyed", 11)]
    [InlineData("refused", 12)]
    public void Cddl_OfAnEvent_RequiresWhatTheCodeRequires(string rule, int type)
    {
        var cddl = Block("cddl");
        var line = Regex.Match(cddl, $"^{rule} += (.*)$", RegexOptions.Multiline).Groups[1].Value;
        var required = Regex.Matches(line, "(\\d+) =>").Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Where(key => key > 0).ToList();
        var group = Regex.Match(line, "any-but-[0-9-]+").Value;
        var optional = Regex.Match(cddl, $"^{group} += \\((.*)\\)$", RegexOptions.Multiline).Groups[1].Value.Split(", ").Select(e => int.Parse(e[1..], CultureInfo.InvariantCulture));

        Assert.Equal(EventCodec.Required[(EventType)type], required);
        Assert.Equal(Enumerable.Range(1, 13), required.Concat(optional).Order());
    }

    private static IEnumerable<FieldInfo> Constants(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral);

    private static IEnumerable<string[]> Table(string section)
    {
        var start = Document.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/wire.md has no section {section}");
        var end = Document.IndexOf("\n## ", start + 4, StringComparison.Ordinal);
        var lines = Document[start..(end < 0 ? Document.Length : end)].Split('\n');
        return lines.Where((line, i) => line.StartsWith("| ", StringComparison.Ordinal) && i + 1 < lines.Length && !lines[i + 1].StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line[1..^1].Split('|', StringSplitOptions.TrimEntries));
    }

    private static string Block(string language) => Regex.Match(Document, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex("#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(";.*$", RegexOptions.Multiline)]
    private static partial Regex CddlComment();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex CddlText();

    [GeneratedRegex("^([a-z][a-z0-9-]*) += ", RegexOptions.Multiline)]
    private static partial Regex CddlRule();

    [GeneratedRegex("[a-z][a-z0-9-]*")]
    private static partial Regex CddlName();
}
