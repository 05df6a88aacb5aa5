using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Writes JSON as YAML: block style, keys in the order that people expect, quotes only around a string that YAML 1.1 or 1.2 would not read as that
/// string. The same input gives the same bytes everywhere. The writer needs no serializer, and so works under NativeAOT.
/// </summary>
internal static partial class YamlText
{
    private static readonly string[] FirstKeys = ["apiVersion", "kind", "metadata", "name", "namespace"];

    public static string Write(JsonNode document)
    {
        var text = new StringBuilder();
        WriteBlock(text, document, indent: 0);
        return text.ToString();
    }

    private static void WriteBlock(StringBuilder text, JsonNode node, int indent)
    {
        if (node is JsonObject map)
        {
            foreach (var (key, value) in InOrder(map))
            {
                text.Append(' ', indent).Append(WriteScalar(key)).Append(':');
                WriteValue(text, value, indent);
            }

            return;
        }

        foreach (var item in node.AsArray())
        {
            text.Append(' ', indent).Append('-');
            if (item is JsonObject { Count: > 0 } child)
            {
                // The first key stands on the line of the dash: the block is indented by two more, and the dash replaces the first indentation.
                var block = new StringBuilder();
                WriteBlock(block, child, indent + 2);
                text.Append(' ').Append(block, indent + 2, block.Length - indent - 2);
            }
            else
            {
                WriteValue(text, item, indent);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 }:
                text.Append('\n');
                WriteBlock(text, value, indent + 2);
                break;
            case JsonArray { Count: > 0 }:
                text.Append('\n');
                WriteBlock(text, value, indent);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                WriteString(text.Append(' '), (string)scalar!, indent);
                break;
            default:
                text.Append(' ').Append(value switch { JsonObject => "{}", JsonArray => "[]", null => "null", _ => value.ToJsonString() }).Append('\n');
                break;
        }
    }

    private static void WriteString(StringBuilder text, string value, int indent)
    {
        if (!CanBeLiteral(value))
        {
            text.Append(WriteScalar(value)).Append('\n');
            return;
        }

        text.Append(value.EndsWith('\n') ? "|" : "|-").Append('\n');
        foreach (var line in value.TrimEnd('\n').Split('\n'))
        {
            text.Append(' ', line.Length == 0 ? 0 : indent + 2).Append(line).Append('\n');
        }
    }

    private static bool CanBeLiteral(string value) =>
        value.Contains('\n', StringComparison.Ordinal)
        && value[0] is not (' ' or '\n')
        && !value.EndsWith("\n\n", StringComparison.Ordinal)
        && value.EnumerateRunes().All(rune => rune.Value == '\n' || YamlQuotes.IsPrintable(rune));

    /// <summary>Writes a string as a scalar on one line, in double quotes if needed.</summary>
    public static string WriteScalar(string value) =>
        Plain().IsMatch(value) && !ReadsAsSomethingElse().IsMatch(value) ? value : YamlQuotes.Write(value);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> InOrder(JsonObject map) =>
        map.OrderBy(item => Array.IndexOf(FirstKeys, item.Key) is var place and >= 0 ? place : FirstKeys.Length)
            .ThenBy(item => item.Key, StringComparer.Ordinal);

    // Narrower than YAML allows; the price is a few more quotes.
    [GeneratedRegex(@"^[A-Za-z0-9_./][-A-Za-z0-9_./@()=+ ]*(:[-A-Za-z0-9_./@]+)*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"^(|~|null|true|false|yes|no|on|off|y|n|[-+]?\.(inf|nan)|[-+]?[0-9][-0-9_:.,]*(e[-+]?[0-9]*)?|0[xob][0-9a-f_]*|[0-9_.]+(e[0-9]+)?|.* )\z|^---|^\.\.\.",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadsAsSomethingElse();
}
