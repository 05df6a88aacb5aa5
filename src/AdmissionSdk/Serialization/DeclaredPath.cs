using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Cuts the path at which reading failed down to the members that the type declares and the places in lists. Keys of maps are the requester's words, and
/// an error that every user reads must not repeat them.
/// </summary>
internal static class DeclaredPath
{
    // A type that contains itself lets the requester choose the length.
    private const int Longest = 200;

    /// <summary>The path, such as <c>spec.containers[0].ports</c>; empty if not even the first step is a declared member.</summary>
    /// <param name="path">The path as <see cref="JsonException.Path"/> has it.</param>
    /// <param name="type">The type that was to be read.</param>
    /// <param name="options">The options of the reading.</param>
    public static string Of(string? path, Type type, JsonSerializerOptions options)
    {
        var text = new StringBuilder();
        var rest = path is ['$', ..] ? path.AsSpan(1) : [];
        while (!rest.IsEmpty && text.Length <= Longest && options.TryGetTypeInfo(Nullable.GetUnderlyingType(type) ?? type, out var info))
        {
            if (!TryStep(info, ref rest, text, out type))
            {
                break;
            }
        }

        return text.Length > Longest ? $"{text.ToString(0, Longest)}…" : text.ToString();
    }

    private static bool TryStep(JsonTypeInfo info, ref ReadOnlySpan<char> rest, StringBuilder text, out Type next)
    {
        next = typeof(void);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Enumerable when rest is ['[', ..] && rest.IndexOf(']') is > 1 and var end:
                text.Append(rest[..(end + 1)]);
                rest = rest[(end + 1)..];
                next = info.ElementType!;
                return true;
            case JsonTypeInfoKind.Dictionary:
                text.Append("[*]");
                return false;
            case JsonTypeInfoKind.Object:
                var name = ReadName(ref rest);
                foreach (var property in info.Properties)
                {
                    if (name.Equals(property.Name, StringComparison.Ordinal))
                    {
                        text.Append(text.Length == 0 ? "" : ".").Append(property.Name);
                        next = property.PropertyType;
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private static ReadOnlySpan<char> ReadName(ref ReadOnlySpan<char> rest)
    {
        var isQuoted = rest is ['[', '\'', ..];
        var start = isQuoted ? 2 : 1;
        var length = isQuoted ? rest[start..].IndexOf("']", StringComparison.Ordinal) : rest[start..].IndexOfAny('.', '[');
        length = length < 0 ? rest.Length - start : length;
        var name = rest.Slice(start, length);
        rest = rest[Math.Min(rest.Length, start + length + (isQuoted ? 2 : 0))..];
        return name;
    }
}
