using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Recognizes a template that was not rendered.</summary>
internal static class Unrendered
{
    /// <summary>Describes a part that is a template, and not YAML with a mistake; null for any other part.</summary>
    public static YamlReadException? Find(TextPart part)
    {
        var at = part.Text.IndexOf("{{", StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var before = part.Text.AsSpan(0, at);
        return new YamlReadException(
            "this is a template that was not rendered ({{ }}): render it with helm template first", part.Line + before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }
}
