using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Linting;

/// <summary>Finds members of a user's type that JSON may lack and C# cannot: optional numbers, bools, dates and the like that are not nullable.</summary>
internal static class OptionalMembers
{
    public static IReadOnlyList<string> Find(Type type, JsonSerializerOptions options)
    {
        List<string> found = [];
        Visit(type, "", options, [], found);
        return found;
    }

    private static void Visit(Type type, string path, JsonSerializerOptions options, HashSet<Type> seen, List<string> found)
    {
        // Users cannot change Kubernetes' own models, whose members of this sort are required or status.
        if (type.Assembly == typeof(k8s.IKubernetesObject).Assembly || type.Assembly == typeof(OptionalMembers).Assembly || !seen.Add(type))
        {
            return;
        }

        if (!options.TryGetTypeInfo(type, out var info))
        {
            return;
        }

        if (info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary && info.ElementType is { } element)
        {
            Visit(element, $"{path}[]", options, seen, found);
        }

        foreach (var property in info.Kind == JsonTypeInfoKind.Object ? info.Properties : [])
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (IsOptionalValue(property))
            {
                found.Add(name);
            }
            else if (!property.PropertyType.IsValueType && property.PropertyType != typeof(string) && !property.IsExtensionData)
            {
                Visit(property.PropertyType, name, options, seen, found);
            }
        }
    }

    // Dates and the user's structs count like numbers; JsonElement alone can be absent.
    private static bool IsOptionalValue(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null
        && property.PropertyType != typeof(JsonElement) && !property.IsRequired && property.Set is not null;
}
