namespace WaterWatch.Conventions.Tests;

public sealed class DependencyArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Sensor.Contracts"] = [],
        ["Sensor.Compliance"] = ["Sensor.Contracts"],
        ["Sensor.Edge"] = ["Sensor.Contracts"],
        ["Sensor.Ingest"] = ["Sensor.Contracts", "Sensor.Compliance"],
        ["Sensor.Audit"] = ["Sensor.Contracts", "Sensor.Compliance"],
        ["WaterWatch.Demo"] = ["Sensor.Edge", "Sensor.Ingest"],
    };

    public static TheoryData<string> Projects => [.. SourceTree.Files("src", ".csproj"), .. SourceTree.Files("demo", ".csproj")];

    [Fact]
    public void Projects_OfTheProduct_AreTheOnesWithArrows() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Projects.Select(p => Name(p.Data)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Projects))]
    public void ProjectReferences_OfAProject_AreAllowedArrows(string project)
    {
        var references = SourceTree.Project(project).Descendants("ProjectReference").Select(r => Name(r.Attribute("Include")!.Value));
        Assert.All(references, to => Assert.True(Allowed[Name(project)].Contains(to), $"{project} must not reference {to}"));
    }

    [Theory, MemberData(nameof(Projects))]
    public void References_OfAProject_AreProjectsOrPackages(string project) => Assert.Empty(SourceTree.Project(project).Descendants("Reference"));

    [Fact]
    public void PackageReferences_OfCompliance_AreTheAnalyzerOfTheBuildAlone()
    {
        var package = Assert.Single(SourceTree.Project("src/Sensor.Compliance/Sensor.Compliance.csproj").Descendants("PackageReference"));
        Assert.Equal("Microsoft.CodeAnalysis.BannedApiAnalyzers", package.Attribute("Include")?.Value);
        Assert.Equal("all", package.Attribute("PrivateAssets")?.Value);
    }

    [Theory, MemberData(nameof(Projects))]
    public void Packages_OfAProject_TakeTheirVersionFromTheCentralFile(string project) =>
        Assert.All(SourceTree.Project(project).Descendants("PackageReference"), p => Assert.True(
            p.Attribute("Version") is null && p.Attribute("VersionOverride") is null && p.Element("Version") is null,
            $"{project}: {p.Attribute("Include")?.Value} names a version; put it into Directory.Packages.props"));

    [Theory, MemberData(nameof(Projects))]
    public void Warnings_OfAProject_AreNotSilenced(string project) =>
        Assert.DoesNotContain(SourceTree.Project(project).Descendants(), e => e.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" or "TreatWarningsAsErrors");

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));
}
