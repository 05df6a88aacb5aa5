using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>A version of a resource that the simulated server serves.</summary>
internal sealed record ResourceInfo(string Group, string Version, string Kind, string Plural, bool Namespaced)
{
    /// <summary>True if the server holds the object as a Go struct: then null, absent and empty are one (contract 14.4). False for custom resources.</summary>
    public bool Typed { get; init; } = true;

    /// <summary>The key that all versions of a resource share (contract 2.9).</summary>
    public string EquivalenceKey { get; init; } = $"{Group}/{Plural}";

    public bool HasStatus { get; init; }

    /// <summary>True if a PUT of an absent object creates the object (contract 1.3).</summary>
    public bool CreatesOnUpdate { get; init; }

    /// <summary>The structural schema of a custom resource.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>The path of a custom resource's replicas, as names; null without a scale subresource.</summary>
    public string[]? ReplicasPath { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The form messages use: <c>deployments.apps</c>, <c>pods</c>.</summary>
    public string Qualified => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public bool IsNamespaces => Group.Length == 0 && Plural == "namespaces";

    public bool IsPods => Group.Length == 0 && Plural == "pods";
}
