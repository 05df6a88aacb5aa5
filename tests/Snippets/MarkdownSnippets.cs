using System.Text.RegularExpressions;
using Shared;

namespace Snippets.Tests;

/// <summary>The regions of this project, and the markdown that shows these regions.</summary>
internal static partial class MarkdownSnippets
{
    private static readonly string[] Folders = ["", "docs", "src/AdmissionSdk", "src/AdmissionSdk.Cel", "src/AdmissionSdk.CommandLine", "src/AdmissionSdk.Testing", "samples/ImageRegistryWebhook"];

    public static IEnumerable<string> Documents => Folders
        .Select(folder => Path.Combine(Repository.Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md"))
        .Order(StringComparer.Ordinal);

    /// <summary>The text of every region, with the indentation of its first line taken off.</summary>
    public static IReadOnlyDictionary<string, string> Regions()
    {
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Snippets"), "*.cs", SearchOption.AllDirectories);
        foreach (Match match in files.SelectMany(file => Region().Matches(File.ReadAllText(file))))
        {
            // Add throws when two regions have the same name.
            regions.Add(match.Groups["name"].Value, Unindent(match.Groups["text"].Value));
        }

        return regions;
    }

    /// <summary>The document with every snippet filled in from its region.</summary>
    public static string Fill(string markdown, IReadOnlyDictionary<string, string> regions) => Snippet().Replace(markdown, match =>
    {
        var name = match.Groups["name"].Value;
        return $"<!-- snippet: {name} -->\n```csharp\n{(regions.TryGetValue(name, out var text) ? text : $"// no region {name}")}\n```\n<!-- endSnippet -->";
    });

    /// <summary>The C# blocks that are in no snippet.</summary>
    public static IEnumerable<string> Loose(string markdown) =>
        Block().Matches(Snippet().Replace(markdown, "")).Select(match => match.Value);

    private static string Unindent(string text)
    {
        var lines = text.Trim('\n', '\r').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line.TrimStart())).TrimEnd();
    }

    [GeneratedRegex(@"^[ \t]*#region (?<name>[a-z0-9-]+)\r?\n(?<text>.*?)^[ \t]*#endregion", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^<!-- snippet: (?<name>[a-z0-9-]+) -->.*?^<!-- endSnippet -->", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("^```(csharp|cs|c#)\\r?\\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();
}
