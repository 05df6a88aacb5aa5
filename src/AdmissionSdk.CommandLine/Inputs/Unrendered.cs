using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Tells a template that was not rendered from YAML with a mistake in it.</summary>
internal static class Unrendered
{
    /// <summary>What is to be said of a part that is no YAML because it is a template; null if it is none.</summary>
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
