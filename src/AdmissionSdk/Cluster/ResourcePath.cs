using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.Cluster;

/// <summary>The path of a request to an API server.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version without the group.</param>
/// <param name="Namespace">The namespace; empty for objects without one, and for lists of all namespaces.</param>
/// <param name="Resource">The plural of the resource.</param>
/// <param name="Name">The object's name; empty for a list.</param>
/// <param name="Subresource">The subresource; empty for the object itself.</param>
internal sealed record ResourcePath(string Group, string Version, string Namespace, string Resource, string Name, string Subresource)
{
    public static bool TryParse(string path, [NotNullWhen(true)] out ResourcePath? parsed)
    {
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        parsed = parts switch
        {
            ["api", var version, .. var rest] => Read("", version, rest),
            ["apis", var group, var version, .. var rest] => Read(group, version, rest),
            _ => null,
        };
        return parsed is not null;
    }

    /// <summary>Describes the object for a user.</summary>
    public override string ToString() =>
        $"{(Name.Length == 0 ? $"the list of {Resource}" : $"{Resource}/{Name}")}{(Namespace.Length == 0 ? "" : $" in namespace {Namespace}")}";

    // A namespace has subresources of its own, and every other third part is a resource in it.
    private static ResourcePath? Read(string group, string version, string[] rest) => rest switch
    {
        ["namespaces", var name, "status" or "finalize"] => new(group, version, "", "namespaces", name, rest[2]),
        ["namespaces", var space, var resource, .. var more] when more.Length <= 2 => new(group, version, space, resource, At(more, 0), At(more, 1)),
        [var resource, .. var more] when more.Length <= 2 => new(group, version, "", resource, At(more, 0), At(more, 1)),
        _ => null,
    };

    private static string At(string[] parts, int index) => index < parts.Length ? parts[index] : "";
}
