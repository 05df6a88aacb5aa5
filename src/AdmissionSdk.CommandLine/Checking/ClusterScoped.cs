using AdmissionSdk.Linting;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Knows the built-in kinds without a namespace. Every other kind counts as namespaced, unless a handler has the scope Cluster.</summary>
internal static class ClusterScoped
{
    public static bool Contains(string group, string kind) => BuiltInResources.IsNamespaced(group, GuessResource(kind)) == false;

    /// <summary>Guesses the resource of a kind, by the rule by which Kubernetes guesses plurals.</summary>
    public static string GuessResource(string kind) => kind.ToLowerInvariant() switch
    {
        "endpoints" => "endpoints",
        [.., 's'] singular => singular + "es",
        [.., 'y'] singular => singular[..^1] + "ies",
        var singular => singular + "s",
    };
}
