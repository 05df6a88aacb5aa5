using Architecture.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests;

/// <summary>Source files stay small enough to be read at one sitting, and a name stands for one thing.</summary>
/// <remarks>Covers CONTRIBUTING.md.</remarks>
public sealed class SizeTests
{
    private const int Longest = 300;
    private const int LongestMethod = 60;
    private const int MostParameters = 5;

    private static readonly string[] RequestPath =
        [.. new[] { "Hosting", "Reviews", "Dispatch", "Contexts", "Patching", "Serialization", "Results" }.Select(folder => $"src/AdmissionSdk/{folder}")];

    // Composed once, when the application starts and stops.
    private static readonly string[] OffThePath = ["DrainService"];

    [Fact]
    public void Files_HaveAtMostThreeHundredLines() =>
        Expect.None(SourceFile.In(["src", "samples"], ".cs").Where(file => file.Lines.Length > Longest).Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void FileNames_AreUsedByOnePackage() =>
        Expect.None(SourceFile.In(["src", "samples"], ".cs").Where(file => file.Name is not ("Log" or "Program"))
            .GroupBy(file => file.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => string.Join(" and ", group.Select(file => file.Path))));

    [Fact]
    public void Methods_HaveAtMostSixtyLines() =>
        Expect.None(
            from file in SourceFile.In(["src", "samples"], ".cs")
            from method in Parse(file).DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            let span = method.SyntaxTree.GetLineSpan(method.Span)
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > LongestMethod
            select $"{file.Path}:{span.StartLinePosition.Line + 1}: {lines} lines");

    // More of them is an object that has no name yet.
    [Fact]
    public void RequestPath_HasAtMostFiveParameters() =>
        Expect.None(
            from file in SourceFile.In(RequestPath, ".cs")
            where !OffThePath.Contains(file.Name)
            from parameters in Parse(file).DescendantNodes().OfType<ParameterListSyntax>()
            where parameters.Parameters.Count > MostParameters
            select $"{file.Path}: {parameters.Parameters.Count} parameters {parameters}");

    private static Microsoft.CodeAnalysis.SyntaxNode Parse(SourceFile file) =>
        CSharpSyntaxTree.ParseText(string.Join('\n', file.Lines), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot();
}
