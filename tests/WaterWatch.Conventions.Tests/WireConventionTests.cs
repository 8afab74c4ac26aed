using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WaterWatch.Conventions.Tests;

public sealed class WireConventionTests
{
    private const string Topic = "waterwatch/v1";

    [Fact]
    public void Topics_InSource_AreWrittenInTheWireFolderAlone()
    {
        var code = Product(".cs").SelectMany(f => SourceTree.Tokens(f).Where(IsTopic).Select(t => SourceTree.Place(f, t)));
        var pages = new[] { ".razor", ".cshtml", ".html", ".js" }.SelectMany(Product).Where(f => SourceTree.Text(f).Contains(Topic, StringComparison.Ordinal));
        Assert.Empty(code.Concat(pages));
    }

    private static IEnumerable<string> Product(string ending) =>
        new[] { "src", "demo", "bench" }.SelectMany(f => SourceTree.Files(f, ending)).Where(f => !f.StartsWith("src/Sensor.Contracts/Wire/", StringComparison.Ordinal));

    private static bool IsTopic(SyntaxToken token) =>
        (token.IsKind(SyntaxKind.InterpolatedStringTextToken) || token.Value is string) && token.Text.Contains(Topic, StringComparison.Ordinal);
}
