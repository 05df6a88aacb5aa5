using System.Globalization;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Finds the place of a field in a file.</summary>
internal static class FieldPlaces
{
    /// <summary>Finds the node of a JSON Pointer, or the nearest existing node above.</summary>
    public static YamlNode FindByPointer(YamlMapping root, string pointer) => Walk(root, ReadPointer(pointer));

    /// <summary>Finds the node of a field in the spelling of Status objects: <c>spec.containers[0].image</c>, <c>metadata.labels[app]</c>.</summary>
    public static YamlNode FindByField(YamlMapping root, string field) => Walk(root, ReadField(field));

    /// <summary>Writes a JSON Pointer as people read a field.</summary>
    public static string ToReadable(string pointer) => string.Concat(
        ReadPointer(pointer).Select(step => step == "-" || int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"[{step}]"
            : step.AsSpan().ContainsAny('.', '/') ? $"[{step}]" : $".{step}")).TrimStart('.');

    private static IEnumerable<string> ReadPointer(string pointer) => pointer.Split('/').Skip(1).Select(JsonPointer.Unescape);

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

    private static List<string> ReadField(string field)
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
