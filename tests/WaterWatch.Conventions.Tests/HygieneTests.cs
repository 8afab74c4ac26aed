using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WaterWatch.Conventions.Tests;

public sealed class HygieneTests
{
    private static readonly string[] Code = [.. new[] { "src", "tests", "demo", "bench" }.SelectMany(f => SourceTree.Files(f, ".cs"))];

    /// <summary>Written in halves, so that this file does not hold what it looks for.</summary>
    private static readonly string[] Elsewhere = ["sub" + "agent", "/wo" + "rk/", "/tmp" + "/ww", ".lib" + "rary"];

    private static readonly string[] Texts =
    [
        ".cs", ".csproj", ".sln", ".props", ".targets", ".md", ".json", ".jsonc", ".txt", ".cddl", ".csv", ".py", ".sh", ".svg", ".xml", ".yml", ".yaml", ".razor", ".html", ".js", ".css",
        ".service", ".conf", ".rules", ".editorconfig", ".gitignore", "",
    ];

    [Fact]
    public void Files_OfTheRepository_NameNoPlaceOfWork() => Assert.Empty(
        from file in SourceTree.Files(".")
        where Texts.Contains(Path.GetExtension(file), StringComparer.Ordinal)
        from word in Elsewhere
        where SourceTree.Text(file).Contains(word, StringComparison.OrdinalIgnoreCase)
        select $"{file}: '{word}'");

    [Fact]
    public void Tests_OfTheRepository_AreNotSkipped() => Assert.Empty(
        from file in Code.Where(f => f.StartsWith("tests/", StringComparison.Ordinal))
        from token in SourceTree.Tokens(file)
        where token.Text == "Skip" && token.GetNextToken().IsKind(SyntaxKind.EqualsToken)
        select SourceTree.Place(file, token));

    [Fact]
    public void Threads_OfTheRepository_DoNotSleep() => Assert.Empty(
        from file in Code
        from token in SourceTree.Tokens(file)
        where token.Text == "Sleep" && token.GetPreviousToken().GetPreviousToken().Text == "Thread"
        select SourceTree.Place(file, token));

    [Fact]
    public void Source_OfTheRepository_HasNothingLeftToDo() => Assert.Empty(
        from file in Code
        from place in Unfinished(file)
        select place);

    private static IEnumerable<string> Unfinished(string file)
    {
        var marks = new[] { "TO" + "DO", "FIX" + "ME", "HA" + "CK" };
        var notes = SourceTree.Root(file).DescendantTrivia(descendIntoTrivia: true).Where(t => t.ToString().Split(' ', '\n', ':', '/', '(', '.').Intersect(marks).Any()).Select(t => $"{file}: {t.ToString().Trim()}");
        return notes.Concat(SourceTree.Tokens(file).Where(t => t.Text == "NotImplementedException").Select(t => SourceTree.Place(file, t)));
    }
}
