using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>The path of a pod spec or an image in a custom kind: keys with dots between, <c>[*]</c> for each element of a list.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Group">Its API group; null for any.</param>
/// <param name="Path">The path, such as <c>spec.template.spec</c> or <c>spec.steps[*].image</c>.</param>
internal sealed partial record CustomPath(string Kind, string? Group, string Path)
{
    private const string Each = "[*]";

    /// <summary>Reads <c>Kind=path</c> or <c>Kind.group=path</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CustomPath? path)
    {
        path = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var kind = equals < 0 ? "" : text[..equals];
        var dot = kind.IndexOf('.', StringComparison.Ordinal);
        var steps = text[(equals + 1)..].TrimStart('$').TrimStart('.');
        if (kind.Length == 0 || dot == 0 || steps.Split('.').Any(step => step.Replace(Each, "", StringComparison.Ordinal) is "" || step.Replace(Each, "", StringComparison.Ordinal).AsSpan().ContainsAny('[', ']', '*')))
        {
            return false;
        }

        path = new CustomPath(dot < 0 ? kind : kind[..dot], dot < 0 ? null : kind[(dot + 1)..], steps);
        return true;
    }

    /// <summary>Makes the path of every element of a path of one element.</summary>
    public static string Generalize(string path) => Index().Replace(path, Each);

    public bool IsFor(string kind, string group) => kind == Kind && (Group is null || group == Group);

    /// <summary>The nodes at the path, each with its own path.</summary>
    public IEnumerable<(string Path, YamlNode Node)> Select(YamlNode root)
    {
        IEnumerable<(string Path, YamlNode Node)> found = [("", root)];
        foreach (var step in Path.Split('.'))
        {
            var key = step.Replace(Each, "", StringComparison.Ordinal);
            found = found.SelectMany(at => (at.Node as YamlMapping)?.Find(key) is { } value
                ? new[] { (at.Path.Length == 0 ? key : $"{at.Path}.{key}", value) } : []);
            for (var lists = (step.Length - key.Length) / Each.Length; lists > 0; lists--)
            {
                found = found.SelectMany(at => (at.Node as YamlSequence)?.Items.Select((item, index) => ($"{at.Path}[{index}]", item)) ?? []);
            }
        }

        return found;
    }

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.NonBacktracking)]
    private static partial Regex Index();
}
