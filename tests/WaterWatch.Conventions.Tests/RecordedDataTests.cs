using Sensor.Contracts;
using Sensor.Contracts.Documents;
using System.Text.Json;
using WaterWatch.Testing;

namespace WaterWatch.Conventions.Tests;

public sealed class RecordedDataTests
{
    private static readonly string[] DecidingJiekou = [ParameterCatalogue.CodMn, ParameterCatalogue.AmmoniaNitrogen, ParameterCatalogue.TotalPhosphorus, ParameterCatalogue.TotalNitrogen];

    public static TheoryData<string> Sections => [.. List().Select(s => s.GetProperty("station").GetString()!)];

    [Fact]
    public void Sections_OfTheDemo_NameEveryFile() => Assert.Equal(
        SourceTree.Files("demo/data", ".csv"),
        List().Select(s => "demo/data/" + s.GetProperty("file").GetString()).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Sections))]
    public void File_OfASection_IsReadWholeAndCountedInTheReadme(string station)
    {
        var section = List().Single(s => s.GetProperty("station").GetString() == station);
        var lines = Read(section.GetProperty("file").GetString()!);

        Assert.True(Names.IsStation(station));
        Assert.All(lines, l => Assert.Equal(section.GetProperty("section").GetString(), l.Section));
        Assert.All(lines, l => Assert.Equal(ParameterCatalogue.Find(l.Parameter)?.Unit, l.Unit));
        Assert.All(lines, l => Assert.Contains(l.Flag, Flag.Known.Keys));
        var row = SourceTree.Text("demo/data/README.md").Split('\n').Single(l => l.StartsWith($"| {section.GetProperty("file").GetString()} |", StringComparison.Ordinal));
        Assert.Equal(lines.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Split('|', StringSplitOptions.TrimEntries)[^2]);
    }

    [Fact]
    public void Jiekou_TwelveMonthsFromMay2020_Has148CompleteInstantsAnd87OfMaintenance()
    {
        var window = Read("jiekou.csv").Where(l => l.TimeText is var t && string.CompareOrdinal(t, "2020-05") >= 0 && string.CompareOrdinal(t, "2021-05") < 0).ToLookup(l => l.Flag);
        var complete = window["N"].Where(l => l.Value is not null && DecidingJiekou.Contains(l.Parameter)).GroupBy(l => l.TimeText).Where(g => g.Count() == 4).ToList();

        Assert.Equal(148, complete.Count);
        Assert.Equal(9, complete.Select(g => g.Key[..7]).Distinct().Count());
        Assert.Equal(87, window["M"].Select(l => l.TimeText).Distinct().Count());
    }

    [Fact]
    public void Jiekou_TenthOfMarch_ArrivesTwice() =>
        Assert.Equal(18, Read("jiekou.csv").Count(l => l.TimeText == "2020-03-10T12:00:00+08:00"));

    private static List<ObservationLine> Read(string file)
    {
        using var text = File.OpenText(Repository.PathOf($"demo/data/{file}"));
        return [.. ObservationCsv.Read(text)];
    }

    private static List<JsonElement> List()
    {
        using var document = JsonDocument.Parse(SourceTree.Text("demo/data/sections.json"));
        return [.. document.RootElement.GetProperty("sections").EnumerateArray().Select(e => e.Clone())];
    }
}
