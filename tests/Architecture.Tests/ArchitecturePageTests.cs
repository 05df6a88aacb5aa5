using System.Text.RegularExpressions;
using Architecture.Tests.Support;
using Shared;

namespace Architecture.Tests;

/// <summary>The map names files and folders that exist, and leaves no folder of the SDK out.</summary>
/// <remarks>Covers docs/architecture.md.</remarks>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

    [Fact]
    public void Links_LeadToFiles() =>
        Expect.None(Link().Matches(Page).Select(match => match.Groups["path"].Value).Where(path => !File.Exists(Path.Combine(Repository.Root, "docs", path))));

    [Fact]
    public void LinkTexts_AreTheNamesOfTheirFiles() =>
        Expect.None(
            from Match match in Link().Matches(Page)
            let name = Path.GetFileNameWithoutExtension(match.Groups["path"].Value)
            where match.Groups["path"].Value.EndsWith(".cs", StringComparison.Ordinal) && match.Groups["text"].Value is var text && text != name && !match.Groups["path"].Value.Contains($"/{text}/", StringComparison.Ordinal)
            select match.Value);

    [Theory]
    [InlineData("src/AdmissionSdk")]
    [InlineData("src/AdmissionSdk.Cel")]
    [InlineData("src/AdmissionSdk.Testing")]
    [InlineData("src/AdmissionSdk.CommandLine")]
    [InlineData("samples/ImageRegistryWebhook")]
    public void Folders_AreOnThePage(string package) =>
        Expect.None(
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, package)).Select(folder => Path.GetFileName(folder))
                .Where(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, package, folder), "*.cs", SearchOption.AllDirectories).Any())
                .Where(folder => folder is not ("bin" or "obj") && !Regex.IsMatch(Page, $@"\b{folder}\b")));

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<path>[^)#]+)[^)]*\)")]
    private static partial Regex Link();
}
