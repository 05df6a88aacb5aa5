using System.Text.RegularExpressions;
using k8s.Models;

namespace AdmissionSdk.Configuration;

/// <summary>Reads a selector as kubectl writes it: <c>team=web,stage in (test,prod),tier!=db,ready,!legacy</c>. Keys and values are checked later, with everything else.</summary>
internal static partial class LabelSelectorText
{
    public static bool TryParse(string text, out V1LabelSelector selector)
    {
        List<V1LabelSelectorRequirement> requirements = [];
        foreach (var part in Parts(text))
        {
            var match = Requirement().Match(part);
            if (!match.Success)
            {
                selector = new V1LabelSelector();
                return false;
            }

            requirements.Add(Read(match));
        }

        selector = new V1LabelSelector { MatchExpressions = requirements };
        return requirements.Count > 0;
    }

    // A comma between parentheses separates values, any other comma requirements.
    private static IEnumerable<string> Parts(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        yield return text[start..].Trim();
    }

    private static V1LabelSelectorRequirement Read(Match match)
    {
        var (key, verb, value) = (match.Groups["key"].Value, match.Groups["verb"].Value, match.Groups["value"].Value);
        if (match.Groups["set"].Success)
        {
            string[] values = [.. match.Groups["values"].Value.Split(',').Select(item => item.Trim())];
            return new() { Key = key, OperatorProperty = match.Groups["set"].Value == "in" ? "In" : "NotIn", Values = values };
        }

        return verb.Length > 0
            ? new() { Key = key, OperatorProperty = verb == "!=" ? "NotIn" : "In", Values = [value] }
            : new() { Key = key, OperatorProperty = match.Groups["not"].Success ? "DoesNotExist" : "Exists" };
    }

    [GeneratedRegex(
        @"^(?:(?<key>[^\s=!,()]+)\s*(?<verb>==|=|!=)\s*(?<value>[^\s=!,()]*)|(?<key>[^\s=!,()]+)\s+(?<set>in|notin)\s*\((?<values>[^()]*)\)|(?<not>!)?\s*(?<key>[^\s=!,()]+))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Requirement();
}
