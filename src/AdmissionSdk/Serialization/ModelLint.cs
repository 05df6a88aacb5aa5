using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>Finds what in a user's model cannot be edited by assignment alone.</summary>
internal static class ModelLint
{
    /// <summary>
    /// The members, such as <c>spec.parts[].weight</c>, that are optional and of a non-nullable value type. Assigning the default of its type to one that the object lacks
    /// is no difference that can be seen, so it is not sent: such a member should be nullable, or be set through <c>context.Patch</c>.
    /// </summary>
    /// <remarks>KubernetesClient's own models are left out: theirs are required fields, or the API server's to set.</remarks>
    public static IReadOnlyList<string> OptionalNonNullableMembers(JsonTypeInfo model)
    {
        List<string> members = [];
        Visit(model, "", [], members);
        return members;
    }

    private static void Visit(JsonTypeInfo type, string path, HashSet<Type> seen, List<string> members)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when type.Type.Assembly != typeof(V1Pod).Assembly && seen.Add(type.Type):
                foreach (var property in type.Properties)
                {
                    Visit(property, type.Options, path.Length == 0 ? property.Name : $"{path}.{property.Name}", seen, members);
                }

                break;
            case JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary
                when type.ElementType is { } element && type.Options.TryGetTypeInfo(element, out var elementInfo):
                Visit(elementInfo, path + "[]", seen, members);
                break;
        }
    }

    private static void Visit(JsonPropertyInfo property, JsonSerializerOptions options, string path, HashSet<Type> seen, List<string> members)
    {
        if (property.IsExtensionData)
        {
            return;
        }

        if (!property.PropertyType.IsValueType)
        {
            if (options.TryGetTypeInfo(property.PropertyType, out var type))
            {
                Visit(type, path, seen, members);
            }
        }
        else if (Nullable.GetUnderlyingType(property.PropertyType) is null && !property.IsRequired && property.PropertyType != typeof(JsonElement))
        {
            members.Add(path);
        }
    }
}
