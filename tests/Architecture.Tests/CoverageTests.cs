using System.Text.RegularExpressions;
using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>Every test class names the types it guards, so that whoever changes a type finds its tests by searching for its name.</summary>
/// <remarks>Covers CONTRIBUTING.md.</remarks>
public sealed partial class CoverageTests
{
    private const int LongEnough = 30;

    // The classes that are guarded by what they are part of: composition, and lists without logic.
    private static readonly string[] Exempt = ["Program"];

    private static readonly IReadOnlyList<SourceFile> Tests = SourceFile.In(["tests"], ".cs");

    [Fact]
    public void EveryTestClass_SaysWhatItCovers() =>
        Expect.None(
            from file in Tests
            where file.Lines.Any(line => TestMethod().IsMatch(line)) && file.Lines.Count(line => Covers().IsMatch(line)) != 1
            // The parts of a partial class speak for one another.
            where !Tests.Any(other => other.Path != file.Path && other.Name.Split('.')[0] == file.Name.Split('.')[0] && other.Lines.Any(line => Covers().IsMatch(line)))
            select file.Path);

    [Fact]
    public void EveryClassOfMoreThanThirtyLines_IsCovered()
    {
        var covered = Tests.SelectMany(file => file.Lines).Where(line => Covers().IsMatch(line))
            .SelectMany(line => Cref().Matches(line)).Select(match => match.Groups["type"].Value.Split('.')[^1])
            .ToHashSet(StringComparer.Ordinal);

        Expect.None(
            from file in SourceFile.In(["src", "samples"], ".cs")
            where file.Lines.Length > LongEnough && file.Lines.Any(line => Class().IsMatch(line))
            let type = file.Name.Split('.')[0]
            where !covered.Contains(type) && !Exempt.Contains(type)
            select file.Path);
    }

    [GeneratedRegex(@"^\s*\[\w*(Fact|Theory)\b")]
    private static partial Regex TestMethod();

    [GeneratedRegex("<remarks>.*Covers .*</remarks>|^/// Covers ")]
    private static partial Regex Covers();

    [GeneratedRegex("cref=\"(?<type>[^\"{(]+)")]
    private static partial Regex Cref();

    [GeneratedRegex(@"^(public |internal |abstract |sealed |static |partial |readonly |ref )*(class|struct|record|record struct) [A-Z]")]
    private static partial Regex Class();
}
