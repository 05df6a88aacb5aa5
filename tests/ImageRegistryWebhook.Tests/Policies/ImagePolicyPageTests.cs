using System.Text.RegularExpressions;
using ImageRegistryWebhook.Policies;
using Shared;

namespace ImageRegistryWebhook.Tests.Policies;

/// <summary>The page docs/image-policy.md has exactly the reader's keys, and its examples are valid.</summary>
/// <remarks>Covers docs/image-policy.md, <see cref="PolicyKeys"/>, <see cref="RewriteTarget"/>.</remarks>
public sealed partial class ImagePolicyPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "image-policy.md"));

    [Fact]
    public void Keys_OfEachPart_AreThoseOfTheReader()
    {
        Check("## The file", PolicyKeys.Policy);
        Check("## A rule", [.. PolicyKeys.Rule, .. Enum.GetNames<RewritePath>().Select(Camel)]);
        Check("## `match`", PolicyKeys.Match);
        Check("### Label selectors", [.. PolicyKeys.Selector, .. PolicyKeys.Expression]);
        Check("## `require`", PolicyKeys.Require);
        Check("## `pin`", [.. PolicyKeys.Pin, .. PolicyKeys.Lock]);
        Check("## `check`", PolicyKeys.Check);
        Check("## `record`", PolicyKeys.Record);

        static void Check(string heading, string[] keys) => Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            Row().Matches(Section(heading)).Select(row => row.Groups["key"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_PolicyAndLockFile_AreValid()
    {
        var blocks = Yaml().Matches(Page).Select(block => block.Groups["text"].Value).ToList();

        Assert.Equal(2, blocks.Count);
        var load = PolicyReader.Read(blocks[0] + "pin: {lockFile: images.lock}\n", "policy.yaml", _ => blocks[1]);
        Assert.Empty(load.Errors);
        Assert.Empty(load.Warnings);
    }

    [Theory]
    [InlineData(nameof(RewritePath.Normalized))]
    [InlineData(nameof(RewritePath.AsWritten))]
    [InlineData(nameof(RewritePath.HostInPath))]
    public void Path_OfARewrite_IsWhatThePageSays(string path)
    {
        var engine = PolicyText.Engine($"rules: [{{name: r, match: {{registries: [docker.io, 'quay.io:8443']}}, action: rewrite, target: target.example.com, path: {Camel(path)}}}]\ndefault: deny");

        Assert.Contains($"| `{Camel(path)}` | `{Rewritten("nginx:1.27")}` |", Page, StringComparison.Ordinal);
        Assert.Contains("`quay.io:8443/acme/web` is `target/quay.io_8443/acme/web`", Page, StringComparison.Ordinal);
        Assert.True(path != nameof(RewritePath.HostInPath) || Rewritten("quay.io:8443/acme/web") == "target/quay.io_8443/acme/web");

        string Rewritten(string image) => engine.Decide(new ImageContext(image)).Image.Replace("target.example.com", "target", StringComparison.Ordinal);
    }

    private static string Section(string heading)
    {
        var start = Page.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        var end = Page.IndexOf("\n##", start + heading.Length, StringComparison.Ordinal);
        return Page[start..(end < 0 ? Page.Length : end)];
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
