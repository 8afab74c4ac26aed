using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using System.Text.RegularExpressions;

namespace WaterWatch.Conventions.Tests;

/// <summary>A driver is one file, one line of the catalogue, and one folder under hardware/ of the same name.</summary>
public sealed partial class DriverConventionTests
{
    private const string Folder = "src/Sensor.Edge/Drivers";
    private static readonly string[] Card = ["Link", "Accuracy", "Range", "Resolution", "Timings", "Differences"];
    private static readonly string[] OtherHardware = ["hardware/station", "hardware/profiles", "hardware/relay"];

    [Fact]
    public void Drivers_InTheFolder_StandInTheCatalogue() =>
        Assert.All(Drivers(), d => Assert.True(
            SourceTree.Tokens($"{Folder}/DriverCatalog.cs").Any(t => t.Text == d.Class) && Names(d).Contains(Kebab(d.Class)),
            $"{Folder}/DriverCatalog.cs does not list {d.Class} as \"{Kebab(d.Class)}\""));

    [Fact]
    public void Drivers_InTheFolder_StandAloneInAFileOfTheirName() =>
        Assert.All(Drivers(), d => Assert.Equal($"{Folder}/{d.Class}.cs", d.File));

    [Fact]
    public void Drivers_InTheFolder_BeginWithADatasheetCard() => Assert.All(Drivers(), d =>
    {
        var found = CardLines(SourceTree.Text(d.File)).Where(Card.Contains).ToList();
        Assert.True(found.SequenceEqual(Card), $"{d.File}: the first doc block has the lines [{string.Join(", ", found)}] instead of [{string.Join(", ", Card)}]");
    });

    [Fact]
    public void Drivers_InTheFolder_HaveAHardwareFolder() =>
        Assert.All(Drivers(), d => Assert.True(SourceTree.Files($"hardware/{Kebab(d.Class)}").Contains($"hardware/{Kebab(d.Class)}/README.md"), $"{d.File}: hardware/{Kebab(d.Class)}/README.md is missing"));

    [Fact]
    public void HardwareFolders_BesideTheStation_BelongToADriver()
    {
        var drivers = Drivers().Select(d => $"hardware/{Kebab(d.Class)}").ToHashSet(StringComparer.Ordinal);
        if (drivers.Count > 0)
        {
            Assert.All(SourceTree.Folders("hardware").Except(OtherHardware), f => Assert.True(drivers.Contains(f), $"{f}/ has no driver in {Folder}"));
        }
    }

    [Theory]
    [InlineData("ReplayDriver", "replay")]
    [InlineData("AtlasPhDriver", "atlas-ph")]
    [InlineData("Ads1115Driver", "ads1115")]
    public void Kebab_OfAClass_IsTheNameInTheCatalogue(string type, string name) => Assert.Equal(name, Kebab(type));

    /// <summary>Concrete classes whose name ends with Driver.</summary>
    private static IEnumerable<(string File, string Class)> Drivers() =>
        from file in SourceTree.Files(Folder, ".cs")
        from type in SourceTree.Root(file).DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.Identifier.Text.EndsWith("Driver", StringComparison.Ordinal) && type.Identifier.Text != "Driver"
        where !type.Modifiers.Any(m => m.IsKind(SyntaxKind.AbstractKeyword) || m.IsKind(SyntaxKind.StaticKeyword))
        select (file, type.Identifier.Text);

    /// <summary>The texts of the catalogue and of the driver's own file, one of which names the driver.</summary>
    private static IEnumerable<string?> Names((string File, string Class) driver) =>
        SourceTree.Tokens($"{Folder}/DriverCatalog.cs").Concat(SourceTree.Tokens(driver.File)).Where(t => t.IsKind(SyntaxKind.StringLiteralToken)).Select(t => t.ValueText);

    private static IEnumerable<string> CardLines(string text) => text.Split('\n')
        .SkipWhile(l => !l.TrimStart().StartsWith("///", StringComparison.Ordinal))
        .TakeWhile(l => l.TrimStart().StartsWith("///", StringComparison.Ordinal))
        .Select(l => CardLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    private static string Kebab(string type) => WordStart().Replace(type[..^"Driver".Length], "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"^\s*///\s*(?:<[^>]+>\s*)*([A-Z][a-z]+)(?:</[^>]+>)?:")]
    private static partial Regex CardLine();
}
