using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Finds members of a handler's type whose JSON cannot be what Kubernetes and its Go clients read and write. Such a member would turn up as an object that
/// nobody can decode, or as a review that always fails.
/// </summary>
internal static class UnfitMembers
{
    private static readonly HashSet<Type> Keys =
    [
        typeof(string), typeof(char), typeof(bool), typeof(Guid), typeof(Uri), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong),
    ];

    /// <summary>The problems, each with the member's path and the fix.</summary>
    public static IReadOnlyList<string> Find(Type type, JsonSerializerOptions options)
    {
        List<string> found = [];
        Visit(type, type.Name, options, [], found);
        return found;
    }

    private static void Visit(Type type, string path, JsonSerializerOptions options, HashSet<Type> seen, List<string> found)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Judge(type) is { } problem)
        {
            found.Add($"{path} is {problem}.");
            return;
        }

        // Kubernetes' own models are what they are.
        if (type.Assembly == typeof(k8s.IKubernetesObject).Assembly || type.Assembly == typeof(UnfitMembers).Assembly || !seen.Add(type))
        {
            return;
        }

        if (!TryGetTypeInfo(type, path, options, found, out var info))
        {
            return;
        }

        switch (info.Kind)
        {
            case JsonTypeInfoKind.Dictionary:
                if (info.KeyType is { IsEnum: false } key && !Keys.Contains(key))
                {
                    found.Add($"{path} has keys of the type {key.Name}, and the keys of a map are texts; use string.");
                }

                Visit(info.ElementType!, $"{path}[]", options, seen, found);
                break;
            case JsonTypeInfoKind.Enumerable when info.ElementType == typeof(byte) && !type.IsArray:
                found.Add($"{path} is a list of bytes, which are numbers here and Base64 in Kubernetes; use byte[], or a list of int.");
                break;
            case JsonTypeInfoKind.Enumerable:
                Visit(info.ElementType!, $"{path}[]", options, seen, found);
                break;
            case JsonTypeInfoKind.Object when IsOfTheFramework(type):
                found.Add($"{path} is a {type.Name}, whose JSON would be its .NET properties; use a text or a class of your own, or put a [JsonConverter] on it.");
                break;
            case JsonTypeInfoKind.Object when type.IsAbstract && info.PolymorphismOptions is null:
                found.Add($"{path} is the abstract {type.Name}, which cannot be read; use the class that is meant.");
                break;
            case JsonTypeInfoKind.Object:
                // A converter of the user's own is the user's business.
                foreach (var property in info.Properties.Where(property => !property.IsExtensionData && property.CustomConverter is null))
                {
                    Visit(property.PropertyType, $"{path}.{property.Name}", options, seen, found);
                }

                break;
        }
    }

    private static string? Judge(Type type) =>
        type == typeof(BigInteger) || type == typeof(Int128) || type == typeof(UInt128) ? $"of the type {type.Name}, and Kubernetes' integers have 64 bits; use long, or a text"
        : type == typeof(nint) || type == typeof(nuint) ? "of a size that depends on the machine; use long"
        : type == typeof(Type) || type.IsSubclassOf(typeof(Delegate)) ? $"a {type.Name}, which is not JSON; take it out, or put [JsonIgnore] on it"
        : null;

    private static bool IsOfTheFramework(Type type) =>
        type.Namespace is { } @namespace
        && (@namespace == "System" || @namespace.StartsWith("System.", StringComparison.Ordinal))
        && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private static bool TryGetTypeInfo(Type type, string path, JsonSerializerOptions options, List<string> found, out JsonTypeInfo info)
    {
        try
        {
            info = options.GetTypeInfo(type);
            return true;
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            found.Add($"{path} cannot be read as JSON: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
            info = null!;
            return false;
        }
    }
}
