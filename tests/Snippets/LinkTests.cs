using System.Text.RegularExpressions;
using Shared;

namespace Snippets.Tests;

/// <summary>Links of the pages lead somewhere: to a file of the repository, and to a heading that the file has.</summary>
/// <remarks>Covers README.md, CONTRIBUTING.md, docs, samples.</remarks>
public sealed partial class LinkTests
{
    private static readonly string[] Folders = ["docs", "samples", "src"];

    [Fact]
    public void Links_WithinTheRepository_LeadSomewhere()
    {
        var pages = Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(page => !page.Contains("/obj/", StringComparison.Ordinal) && !page.Contains("/bin/", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(pages.Count, 30, 200);
        var broken = pages.SelectMany(page => Broken(page, File.ReadAllText(page)).Select(link => $"{Path.GetRelativePath(Repository.Root, page)}: {link}")).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Theory]
    [InlineData("see [that](README.md#write-one)", 0)]
    [InlineData("see [that](README.md#write-two)", 1)]
    [InlineData("see [that](README2.md)", 1)]
    [InlineData("see [that](#here-it-is)\n## Here, it `is`\n", 0)]
    [InlineData("see [that](#there)\n## Here\n", 1)]
    [InlineData("`[a](b)`\n```sh\n[a](b)\n```\n[site](https://example.com)", 0)]
    public void Broken_Links_AreFound(string markdown, int count) =>
        Assert.Equal(count, Broken(Path.Combine(Repository.Root, "page.md"), markdown).Count());

    private static IEnumerable<string> Broken(string page, string markdown)
    {
        foreach (Match link in Link().Matches(Code().Replace(markdown, "")))
        {
            var (path, anchor) = link.Groups["target"].Value.Split('#', 2) is [var first, var second] ? (first, second) : (link.Groups["target"].Value, "");
            if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var target = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
            var isPage = target.EndsWith(".md", StringComparison.Ordinal);
            if ((path.Length > 0 && !Path.Exists(target))
                || (anchor.Length > 0 && isPage && !Anchors(path.Length == 0 ? markdown : File.ReadAllText(target)).Contains(anchor)))
            {
                yield return link.Groups["target"].Value;
            }
        }
    }

    // As GitHub makes them: lower case, without marks, hyphens for spaces, and a number behind a heading that was there before.
    private static HashSet<string> Anchors(string markdown)
    {
        HashSet<string> anchors = [];
        foreach (Match heading in Heading().Matches(Fence().Replace(markdown, "")))
        {
            var slug = Mark().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');
            for (var i = 0; !anchors.Add(i == 0 ? slug : $"{slug}-{i}"); i++)
            {
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Mark();
}
