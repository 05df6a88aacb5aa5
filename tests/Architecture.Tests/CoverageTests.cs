using System.Text.RegularExpressions;
using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>Every test class names the types it guards, so that a search for the name of a changed type finds its tests.</summary>
/// <remarks>Covers CONTRIBUTING.md.</remarks>
public sealed partial class CoverageTests
{
    private const int LongEnough = 30;

    // Classes without logic of their own: composition.
    private static readonly string[] Exempt = ["Program"];

    // The classes of tests/Snippets are shown in pages, where a line of coverage would mean nothing to a reader.
    private const string Shown = "tests/Snippets/";

    private static readonly IReadOnlyList<SourceFile> Tests = SourceFile.In(["tests"], ".cs");

    [Fact]
    public void EveryTestClass_SaysWhatItCovers() =>
        Expect.None(
            from file in Tests
            where !file.Path.StartsWith(Shown, StringComparison.Ordinal)
            where file.Lines.Any(line => TestMethod().IsMatch(line)) && Covered(file).Count != 1
            // The parts of a partial class speak for one another.
            where !Tests.Any(other => other.Path != file.Path && other.Name.Split('.')[0] == file.Name.Split('.')[0] && Covered(other).Count > 0)
            select file.Path);

    [Fact]
    public void EveryClassOfMoreThanThirtyLines_IsCovered()
    {
        var covered = Tests.SelectMany(Covered).SelectMany(remark => Cref().Matches(remark))
            .Select(match => match.Groups["type"].Value.Split('.')[^1])
            .ToHashSet(StringComparer.Ordinal);

        Expect.None(
            from file in SourceFile.In(["src", "samples"], ".cs")
            where file.Lines.Length > LongEnough && file.Lines.Any(line => Class().IsMatch(line))
            let type = file.Name.Split('.')[0]
            where !covered.Contains(type) && !Exempt.Contains(type)
            select file.Path);
    }

    [Theory]
    [InlineData("/// <remarks>Covers <see cref=\"A\"/>.</remarks>", 1)]
    [InlineData("    /// <remarks>\n    /// Covers docs/a.md,\n    /// <see cref=\"A\"/>.\n    /// </remarks>", 1)]
    [InlineData("/// <remarks>Slow. Covers <see cref=\"A\"/>,\n/// <see cref=\"B\"/>.</remarks>", 1)]
    [InlineData("/// <remarks>Slow.</remarks>\n/// <remarks>Covers <see cref=\"A\"/>.</remarks>", 1)]
    [InlineData("/// <remarks>Slow.</remarks>\n// Covers nothing.", 0)]
    [InlineData("var text = \"<remarks>Covers nothing.</remarks>\";", 0)]
    public void Covers_OfARemark_IsFound(string text, int count) => Assert.Equal(count, Covers().Count(text));

    /// <summary>The remarks of a file that say what its class covers.</summary>
    private static IReadOnlyList<string> Covered(SourceFile file) =>
        [.. Covers().Matches(string.Join('\n', file.Lines)).Select(match => match.Value)];

    [GeneratedRegex(@"^\s*\[\w*(Fact|Theory)\b")]
    private static partial Regex TestMethod();

    // A remark may be wrapped over lines, each of which begins with ///.
    [GeneratedRegex(@"^[ \t]*/// ?<remarks>(?:(?!</remarks>).)*?\bCovers\s.*?</remarks>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Covers();

    [GeneratedRegex("cref=\"(?<type>[^\"{(]+)")]
    private static partial Regex Cref();

    [GeneratedRegex(@"^(public |internal |abstract |sealed |static |partial |readonly |ref )*(class|struct|record|record struct) [A-Z]")]
    private static partial Regex Class();
}
