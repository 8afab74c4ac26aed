using System.Reflection;
using WaterWatch.Testing;

namespace WaterWatch.Conventions.Tests;

/// <summary>The decision's public surface stands in a file, so that a change of it is seen, discussed and approved, never a side effect.</summary>
public sealed class PublicSurfaceTests
{
    private const string File = "src/Sensor.Compliance/PublicApi.txt";
    private const string Approve = "WATERWATCH_APPROVE";

    [Fact]
    public void PublicApi_OfCompliance_IsTheApprovedOne()
    {
        var compiled = PublicSurface.Of(Assembly.Load("Sensor.Compliance"));
        var path = Repository.PathOf(File);
        var approved = System.IO.File.Exists(path) ? System.IO.File.ReadAllLines(path) : [];
        var differences = compiled.Except(approved, StringComparer.Ordinal).Select(l => $"+ {l}")
            .Concat(approved.Except(compiled, StringComparer.Ordinal).Select(l => $"- {l}")).ToList();
        if (Environment.GetEnvironmentVariable(Approve) == "1" && !compiled.SequenceEqual(approved))
        {
            System.IO.File.WriteAllText(path, string.Join('\n', compiled) + "\n");
            Assert.Fail($"{File} is now what is compiled ({differences.Count} lines differ). Read its difference, commit it, and run again without {Approve}.");
        }

        Assert.True(compiled.SequenceEqual(approved), Message(differences));
    }

    [Fact]
    public void PublicApi_OfCompliance_NamesNoBinaryFraction() => Assert.DoesNotContain(
        PublicSurface.Of(Assembly.Load("Sensor.Compliance")),
        line => line.Split(' ', '(', ')', ',', '<', '>', '[', ']', '?').Intersect(["double", "float", "decimal", "Half"], StringComparer.Ordinal).Any());

    private static string Message(List<string> differences) => differences.Count == 0
        ? $"{File} has the right lines in another order or twice; {Approve}=1 rewrites it."
        : $"""
        The public surface of Sensor.Compliance is not the one in {File} (+ only compiled, - only in the file):
        {string.Join('\n', differences)}
        If this is meant: {Approve}=1 dotnet run --project tests/WaterWatch.Conventions.Tests -- -method "*PublicApi*" rewrites the file; commit it, and name a breaking change in CHANGELOG.md.
        """;
}
