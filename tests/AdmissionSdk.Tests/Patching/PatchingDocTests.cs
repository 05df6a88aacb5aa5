using System.Text.RegularExpressions;
using AdmissionSdk.Patching.Replay;
using Shared;

namespace AdmissionSdk.Tests.Patching;

/// <summary>docs/patching.md agrees with the tests of list edits, and no page holds a placeholder.</summary>
/// <remarks>Covers docs/patching.md, <see cref="EditReplay"/>.</remarks>
public sealed class PatchingDocTests
{
    [Fact]
    public void Table_OfListEdits_IsTheTests()
    {
        var documented = Rows().Select(cells => (Edit: cells[0], Result: cells[2])).ToArray();
        var tested = ListEditTests.Rows().Select(row => ((string)row[0], (string)row[2] is { Length: > 0 } text ? $"`{text}`" : "(empty)"));

        Assert.Equal(tested, documented);
    }

    [Fact]
    public void Table_OfListEdits_CountsTheLossesOfOthers()
    {
        string[][] rows = [.. Rows()];
        var losses = Enumerable.Range(3, 2).Select(column => rows.Count(cells => cells[column].StartsWith("**", StringComparison.Ordinal)));

        Assert.Equal([31, 31], losses);
        Assert.All(rows, cells => Assert.Equal([cells[3] != cells[2], cells[4] != cells[2]], cells[3..].Select(cell => cell.StartsWith("**", StringComparison.Ordinal))));
        Assert.Contains($"31 of the {rows.Length} edits", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Docs_HoldNoPlaceholder()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadLines(file).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        Assert.DoesNotContain(lines, line => Regex.IsMatch(line, "^[^:]+: (BENCH|TODO|TBD|FIXME|XXX)\\b"));
    }

    private static IEnumerable<string[]> Rows() => Text().Split('\n')
        .SkipWhile(line => !line.StartsWith("| Edit | List |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    private static string Text() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "patching.md"));
}
