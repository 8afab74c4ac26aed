using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WaterWatch.Conventions.Tests;

/// <summary>
/// How much of the decision's public declarations is documentation. Counted are the non-blank lines of every public type and of every member
/// that can be seen from outside: its <c>///</c> lines and the lines of its declaration up to its body (attributes, signature, parameters; for
/// a property without code also its accessors). Bodies and everything internal are not counted. At least 30 of 100 such lines are documentation.
/// </summary>
public sealed class DocumentationTests
{
    private const string Folder = "src/Sensor.Compliance";
    private const int LeastPercent = 30;

    [Fact]
    public void Documentation_OfPublicMembersOfCompliance_IsThreeLinesInTen()
    {
        var (documentation, declaration) = (0, 0);
        foreach (var member in SourceTree.Files(Folder, ".cs").SelectMany(f => SourceTree.Root(f).DescendantNodes().OfType<MemberDeclarationSyntax>()).Where(IsSeen))
        {
            documentation += Documentation(member);
            declaration += Declaration(member);
        }

        var percent = 100 * documentation / (documentation + declaration);
        Assert.True(percent >= LeastPercent, $"{Folder}: {documentation} lines of documentation beside {declaration} of public declarations are {percent} %, below {LeastPercent} %");
    }

    private static bool IsSeen(MemberDeclarationSyntax member) =>
        IsOpen(member) && member.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(IsOpen);

    private static bool IsOpen(MemberDeclarationSyntax member) =>
        member is not BaseNamespaceDeclarationSyntax
        && (member.Modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.ProtectedKeyword)
            || member is EnumMemberDeclarationSyntax || member.Parent is InterfaceDeclarationSyntax);

    private static int Documentation(MemberDeclarationSyntax member) => member.GetLeadingTrivia().ToFullString()
        .Split('\n').Count(l => l.TrimStart().StartsWith("///", StringComparison.Ordinal));

    private static int Declaration(MemberDeclarationSyntax member)
    {
        var end = Body(member) is { RawKind: not 0 } body ? body.SpanStart : member.Span.End;
        return member.SyntaxTree.GetText().ToString(new(member.SpanStart, end - member.SpanStart)).Split('\n').Count(l => l.Trim() is not ("" or "{" or "}"));
    }

    private static SyntaxNodeOrToken Body(MemberDeclarationSyntax member) => member switch
    {
        TypeDeclarationSyntax { OpenBraceToken: { RawKind: not 0 } brace } => brace,
        EnumDeclarationSyntax e => e.OpenBraceToken,
        BaseMethodDeclarationSyntax m => (SyntaxNode?)m.Body ?? m.ExpressionBody,
        PropertyDeclarationSyntax { ExpressionBody: { } expression } => expression,
        PropertyDeclarationSyntax { Initializer: { } initializer } => initializer,
        PropertyDeclarationSyntax { AccessorList: { } accessors } when accessors.Accessors.Any(a => a.Body is not null || a.ExpressionBody is not null) => accessors,
        IndexerDeclarationSyntax { ExpressionBody: { } expression } => expression,
        _ => default,
    };
}
