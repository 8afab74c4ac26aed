using WaterWatch.Testing;

namespace WaterWatch.Conventions.Tests;

public sealed class FolderMapTests
{
    private static readonly string[] Opened = ["src", "tests", "deploy", "hardware", "docs"];

    [Fact]
    public void FolderMap_OfTheReadme_EqualsTheTree()
    {
        var map = Lines(SourceTree.Text("README.md")).Select(l => l.Split(' ', 2)[0].TrimEnd('/')).ToList();
        var tree = SourceTree.Folders(".").Concat(Opened.SelectMany(SourceTree.Folders)).ToList();

        var problems = tree.Except(map, StringComparer.Ordinal).Select(f => $"a line is missing: {f}/   what it holds")
            .Concat(map.Except(tree, StringComparer.Ordinal).Select(f => $"a line is stale: {f}/ is not in the tree"))
            .Concat(map.GroupBy(f => f, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"a line is there twice: {g.Key}/"));
        Assert.True(!problems.Any(), "README.md, ## Folder map: " + string.Join("; ", problems));
    }

    [Fact]
    public void FolderMap_OfTheReadme_DescribesEveryFolder() => Assert.All(
        Lines(SourceTree.Text("README.md")),
        line => Assert.Matches(@"^[A-Za-z0-9._/-]+/ {2,}\S.*$", line));

    private static IEnumerable<string> Lines(string readme)
    {
        var lines = readme.ReplaceLineEndings("\n").Split('\n');
        var heading = Array.IndexOf(lines, "## Folder map");
        Assert.True(heading >= 0, $"{Repository.PathOf("README.md")} has no heading '## Folder map'");
        var fenced = lines.Skip(heading).SkipWhile(l => !l.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(l => !l.StartsWith("```", StringComparison.Ordinal));
        return fenced.Where(l => l.Trim().Length > 0);
    }
}
