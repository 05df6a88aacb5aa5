using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>Source files stay small enough to be read at one sitting, and a name stands for one thing.</summary>
/// <remarks>Covers CONTRIBUTING.md.</remarks>
public sealed class SizeTests
{
    private const int Longest = 300;

    [Fact]
    public void Files_HaveAtMostThreeHundredLines() =>
        Expect.None(SourceFile.In(["src", "samples"], ".cs").Where(file => file.Lines.Length > Longest).Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void FileNames_AreUsedByOnePackage() =>
        Expect.None(SourceFile.In(["src", "samples"], ".cs").Where(file => file.Name is not ("Log" or "Program"))
            .GroupBy(file => file.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => string.Join(" and ", group.Select(file => file.Path))));
}
