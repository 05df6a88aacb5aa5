using Shared;

namespace Snippets.Tests;

/// <summary>C# blocks in markdown are copied from the regions of this project, and so compile.</summary>
/// <remarks><c>SNIPPETS=write dotnet test tests/Snippets</c> copies the regions; without the variable the test compares.</remarks>
public sealed class MarkdownTests
{
    [Fact]
    public void Markdown_EverySnippet_IsInStepWithItsRegion()
    {
        var regions = MarkdownSnippets.Regions();
        foreach (var document in MarkdownSnippets.Documents)
        {
            var text = File.ReadAllText(document);
            var filled = MarkdownSnippets.Fill(text, regions);
            filled = Relative(document) == Path.Combine("docs", "testing.md") ? PublicTypes.Fill(filled) : filled;
            if (Environment.GetEnvironmentVariable("SNIPPETS") == "write" && filled != text)
            {
                File.WriteAllText(document, filled);
                text = filled;
            }

            Assert.True(filled == text, $"{Relative(document)} is not in step: run SNIPPETS=write dotnet test tests/Snippets\n\n{filled}");
            Assert.DoesNotContain("// no region", filled, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Markdown_EveryCSharpBlock_IsASnippet()
    {
        var loose = MarkdownSnippets.Documents.SelectMany(document =>
            MarkdownSnippets.Loose(File.ReadAllText(document)).Select(block => $"{Relative(document)}: put this into a region of tests/Snippets:\n{block}"));

        Assert.Empty(loose);
    }

    [Fact]
    public void Regions_EachIsShownSomewhere()
    {
        var all = string.Concat(MarkdownSnippets.Documents.Select(File.ReadAllText));

        Assert.All(MarkdownSnippets.Regions().Keys, name => Assert.Contains($"<!-- snippet: {name} -->", all, StringComparison.Ordinal));
    }

    [Fact]
    public void PublicTypes_OfTheTestingPackage_AreAtMost25() => Assert.InRange(PublicTypes.All.Count, 1, 25);

    [Fact]
    public void Fill_ChangedRegion_ChangesTheDocument()
    {
        const string markdown = "a\n<!-- snippet: s -->\n```csharp\nold\n```\n<!-- endSnippet -->\nb\n```csharp\nloose\n```\n";

        Assert.Equal(
            "a\n<!-- snippet: s -->\n```csharp\nnew\n```\n<!-- endSnippet -->\nb\n```csharp\nloose\n```\n",
            MarkdownSnippets.Fill(markdown, new Dictionary<string, string> { ["s"] = "new" }));
        Assert.Equal(["```csharp\nloose\n```"], MarkdownSnippets.Loose(markdown));
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);
}
