using Shared;

namespace Samples.Tests;

/// <summary>A sample is read at one sitting.</summary>
/// <remarks>Covers samples/README.md.</remarks>
public sealed class SampleSizeTests
{
    [Theory]
    [InlineData("CustomResource")]
    [InlineData("LabelMutator")]
    [InlineData("NamespaceValidator")]
    [InlineData("SidecarInjector")]
    public void Sample_HasAtMostSixtyLinesAndAReadme(string sample)
    {
        var folder = Path.Combine(Repository.Root, "samples", sample);

        Assert.InRange(Directory.GetFiles(folder, "*.cs").Sum(file => File.ReadLines(file).Count()), 10, 60);
        Assert.Contains($"({sample}/README.md)", File.ReadAllText(Path.Combine(Repository.Root, "samples", "README.md")), StringComparison.Ordinal);
        Assert.Contains("dotnet run -v q -- try ", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
    }
}
