using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WaterWatch.Conventions.Tests;

/// <summary>The names that /metrics shows, from the code that makes them.</summary>
internal static class MetricNames
{
    private const string EdgePrefix = "waterwatch_edge_";

    /// <summary>Every name, as the exporter writes it: counters end in _total, durations in seconds are three series of a histogram.</summary>
    public static IReadOnlySet<string> Defined { get; } = Ingest().Concat(Edge()).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Ingest() =>
        from call in Calls("src/Sensor.Ingest")
        from text in Texts(call).Where(t => t.StartsWith("waterwatch_", StringComparison.Ordinal)).Take(1)
        from name in Exported(Name(call), text)
        select name;

    private static IEnumerable<string> Edge() =>
        from call in Calls("src/Sensor.Edge/Health")
        where Name(call) is "Metric" or "Optional"
        from text in Texts(call).Take(1)
        select EdgePrefix + text;

    private static IEnumerable<string> Exported(string method, string name) => method switch
    {
        "CreateCounter" => [name + "_total"],
        "CreateObservableGauge" or "CreateObservableUpDownCounter" => [name],
        "Duration" => [name + "_seconds_bucket", name + "_seconds_sum", name + "_seconds_count"],
        _ => [],
    };

    private static IEnumerable<InvocationExpressionSyntax> Calls(string folder) =>
        SourceTree.Files(folder, ".cs").SelectMany(file => SourceTree.Root(file).DescendantNodes().OfType<InvocationExpressionSyntax>());

    private static IEnumerable<string> Texts(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Select(a => a.Expression).OfType<LiteralExpressionSyntax>().Where(l => l.IsKind(SyntaxKind.StringLiteralExpression)).Select(l => l.Token.ValueText);

    private static string Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    };
}
