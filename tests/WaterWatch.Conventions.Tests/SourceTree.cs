using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using System.Xml.Linq;
using WaterWatch.Testing;

namespace WaterWatch.Conventions.Tests;

/// <summary>The files of the checkout, as the conventions look at them.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> NotOurs = new(StringComparer.Ordinal)
    {
        ".git", "bin", "obj", ".vs", ".idea", ".vscode", "TestResults", "BenchmarkDotNet.Artifacts", "artifacts", "__pycache__", "node_modules",
    };

    /// <summary>Every file below a folder, as paths from the root with forward slashes; none when the folder does not exist.</summary>
    public static IEnumerable<string> Files(string folder, string ending = "")
    {
        var start = Repository.PathOf(folder);
        return Directory.Exists(start) ? Walk(start).Where(f => f.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>The folders directly below a folder that hold any file of ours, as paths from the root with forward slashes.</summary>
    public static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(Repository.PathOf(folder))
            ? Directory.EnumerateDirectories(Repository.PathOf(folder))
                .Where(d => !NotOurs.Contains(Path.GetFileName(d)) && Walk(d).Any())
                .Select(Relative)
            : [];

    /// <summary>A file's text.</summary>
    public static string Text(string file) => File.ReadAllText(Repository.PathOf(file));

    /// <summary>The tokens of a C# file: no comments, and a text is one token.</summary>
    public static IEnumerable<SyntaxToken> Tokens(string file) => Root(file).DescendantTokens();

    /// <summary>The syntax tree's root of a C# file.</summary>
    public static SyntaxNode Root(string file) => CSharpSyntaxTree.ParseText(Text(file), path: file).GetRoot();

    /// <summary>Where a token stands, for messages.</summary>
    public static string Place(string file, SyntaxToken token) => $"{file}:{token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {token.Text}";

    /// <summary>A project file.</summary>
    public static XElement Project(string file) => XDocument.Parse(Text(file)).Root!;

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != ".git").Select(Relative)
            .Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Walk));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
