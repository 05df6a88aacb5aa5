using System.Globalization;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Where in a file a field is.</summary>
internal static class FieldPlaces
{
    /// <summary>The place of a JSON Pointer, or of the nearest thing above it that is there.</summary>
    public static YamlNode OfPointer(YamlMapping root, string pointer) =>
        Walk(root, ReadPointer(pointer));

    /// <summary>The place of a field as Status objects spell it: <c>spec.containers[0].image</c>, <c>metadata.labels[app]</c>.</summary>
    public static YamlNode OfField(YamlMapping root, string field) => Walk(root, Steps(field));

    /// <summary>A JSON Pointer as people read it.</summary>
    public static string Readable(string pointer) => string.Concat(
        ReadPointer(pointer).Select(step => step == "-" || int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"[{step}]"
            : step.AsSpan().ContainsAny('.', '/') ? $"[{step}]" : $".{step}")).TrimStart('.');

    private static IEnumerable<string> ReadPointer(string pointer) =>
        pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private static YamlNode Walk(YamlMapping root, IEnumerable<string> steps)
    {
        YamlNode at = root;
        foreach (var step in steps)
        {
            var next = at switch
            {
                YamlMapping mapping => mapping.Find(step),
                YamlSequence sequence when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < sequence.Items.Count => sequence.Items[index],
                _ => null,
            };
            if (next is null)
            {
                break;
            }

            at = next;
        }

        return at;
    }

    private static List<string> Steps(string field)
    {
        List<string> steps = [];
        for (var at = 0; at < field.Length;)
        {
            var end = field[at] == '[' ? field.IndexOf(']', at) : field.AsSpan(at).IndexOfAny('.', '[') is >= 0 and var length ? at + length : field.Length;
            end = end < 0 ? field.Length : end;
            if (end > at)
            {
                steps.Add(field[(field[at] == '[' ? at + 1 : at)..end]);
            }

            at = end < field.Length && field[end] == '[' ? end : end + 1;
        }

        return steps;
    }
}
