using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WaterWatch.Conventions.Tests;

/// <summary>
/// Sensor.Compliance has no binary fractions, no clock, no chance, no input and no output. The analyzer refuses them while compiling;
/// these tests refuse what would switch it off, and read the source once more without it.
/// </summary>
public sealed class PureCoreTests
{
    private const string Folder = "src/Sensor.Compliance";

    private static readonly HashSet<string> Banned = new(StringComparer.Ordinal)
    {
        "float", "double", "decimal", "Half", "Double", "Single", "Decimal", "MathF", "dynamic",
        "Now", "UtcNow", "Today", "TimeProvider", "TimeZoneInfo", "Stopwatch", "Random", "RandomNumberGenerator", "NewGuid",
        "File", "FileInfo", "Directory", "Stream", "FileStream", "Console", "HttpClient", "Environment", "Process",
        "Task", "ValueTask", "Thread", "async", "await", "CurrentCulture", "CurrentUICulture",
    };

    private static readonly HashSet<string> BannedOfMath = new(StringComparer.Ordinal)
    {
        "Pow", "Sqrt", "Cbrt", "Exp", "Log", "Log2", "Log10", "Round", "Floor", "Ceiling", "Truncate",
    };

    public static TheoryData<string> Sources => [.. SourceTree.Files(Folder, ".cs")];

    [Fact]
    public void Project_OfCompliance_HandsTheBannedSymbolsToTheAnalyzer()
    {
        var project = SourceTree.Project($"{Folder}/Sensor.Compliance.csproj");
        Assert.Contains(project.Descendants("AdditionalFiles"), f => f.Attribute("Include")?.Value == "BannedSymbols.txt");
        Assert.Contains(project.Descendants("PackageReference"), p => p.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
    }

    [Theory]
    [InlineData("T:System.Double")]
    [InlineData("T:System.Single")]
    [InlineData("T:System.Half")]
    [InlineData("T:System.Decimal")]
    [InlineData("T:System.MathF")]
    [InlineData("M:System.Math.Pow(System.Double,System.Double)")]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.TimeProvider")]
    [InlineData("T:System.Random")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.IO.Stream")]
    [InlineData("T:System.Environment")]
    [InlineData("T:System.Threading.Tasks.Task")]
    public void BannedSymbols_OfCompliance_StillName(string symbol) =>
        Assert.Contains(symbol, SourceTree.Text($"{Folder}/BannedSymbols.txt").Split('\n').Select(l => l.Split(';')[0].Trim()));

    [Fact]
    public void BannedSymbolRule_OfCompliance_IsSuppressedNowhere()
    {
        var silenced = SourceTree.Files(Folder, ".cs")
            .SelectMany(f => SourceTree.Root(f).DescendantTrivia(descendIntoTrivia: true)
                .Where(t => t.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)).Select(t => $"{f}: {t}")
                .Concat(SourceTree.Tokens(f).Where(t => t.Text is "SuppressMessage" or "SuppressMessageAttribute").Select(t => SourceTree.Place(f, t))));
        Assert.Empty(silenced);

        var settings = SourceTree.Files(".").Where(f => Path.GetExtension(f) is ".editorconfig" or ".globalconfig" or ".ruleset" or ".props" or ".targets" or ".csproj");
        Assert.All(settings, f => Assert.DoesNotContain("RS" + "0030", SourceTree.Text(f), StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Sources))]
    public void Tokens_OfCompliance_NameNothingBanned(string file) =>
        Assert.Empty(SourceTree.Tokens(file).Where(t => IsBanned(t) || IsBinaryFraction(t)).Select(t => SourceTree.Place(file, t)));

    private static bool IsBanned(SyntaxToken token)
    {
        var member = token.GetPreviousToken().IsKind(SyntaxKind.DotToken);
        return (Banned.Contains(token.Text) && !(member && token.Text == "Single"))
            || (member && BannedOfMath.Contains(token.Text) && token.GetPreviousToken().GetPreviousToken().Text == "Math");
    }

    private static bool IsBinaryFraction(SyntaxToken token) =>
        token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is double or float or decimal;
}
