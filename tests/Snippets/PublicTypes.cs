using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdmissionSdk.Testing;

namespace Snippets.Tests;

/// <summary>The public types of AdmissionSdk.Testing, each with the first sentence of its summary.</summary>
internal static partial class PublicTypes
{
    private const string Start = "<!-- types -->";
    private const string End = "<!-- endTypes -->";

    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(AdmissionTestHost).Assembly.GetExportedTypes().OrderBy(type => type.Namespace, StringComparer.Ordinal).ThenBy(type => type.Name, StringComparer.Ordinal)];

    public static string Fill(string markdown)
    {
        var (start, end) = (markdown.IndexOf(Start, StringComparison.Ordinal), markdown.IndexOf(End, StringComparison.Ordinal));
        return $"{markdown[..start]}{Start}\n{Table()}\n{markdown[end..]}";
    }

    private static string Table()
    {
        var xml = XDocument.Load(Path.ChangeExtension(typeof(AdmissionTestHost).Assembly.Location, ".xml"));
        var summaries = xml.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary"));
        var rows = All.Select(type => $"| `{type.FullName!["AdmissionSdk.Testing.".Length..]}` | {FirstSentence(summaries[$"T:{type.FullName}"]!)} |");
        return $"{All.Count}, all below `AdmissionSdk.Testing`:\n\n| type | |\n|---|---|\n{string.Join('\n', rows)}";
    }

    private static string FirstSentence(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('(')[0].Split('.')[^1] ?? "",
            XElement element => element.Value,
            _ => node.ToString(),
        }));
        return Sentence().Match(Spaces().Replace(text, " ").Trim()).Value;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^.*?(\.(?= )|\.$|$)")]
    private static partial Regex Sentence();
}
