using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>The resources of the simulated server, in registration order, which decides between equivalents (contract 2.8).</summary>
internal sealed class ResourceCatalog
{
    private readonly List<ResourceInfo> _resources = [.. ApiServerResources.All];

    public static (string Group, string Version) SplitApiVersion(string apiVersion) =>
        apiVersion.Split('/') is [var group, var version] ? (group, version) : ("", apiVersion);

    public void Add(ResourceInfo resource)
    {
        _resources.RemoveAll(other => other.ApiVersion == resource.ApiVersion && other.Plural == resource.Plural);
        _resources.Add(resource);
    }

    public void AddCustomResourceDefinition(JsonObject definition)
    {
        var spec = definition["spec"] as JsonObject ?? throw new ArgumentException("The CustomResourceDefinition has no spec.", nameof(definition));
        var names = spec["names"] as JsonObject;
        foreach (var version in (spec["versions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var subresources = version["subresources"] as JsonObject;
            Add(new ResourceInfo(spec.Text("group"), version.Text("name"), names.Text("kind"), names.Text("plural"), spec.Text("scope") == "Namespaced")
            {
                Typed = false,
                HasStatus = subresources?["status"] is not null,
                ReplicasPath = (subresources?["scale"] as JsonObject)?.Text("specReplicasPath").Split('.', StringSplitOptions.RemoveEmptyEntries),
                Schema = version["schema"]?["openAPIV3Schema"] as JsonObject,
            });
        }
    }

    /// <exception cref="ArgumentException">The server does not serve the kind.</exception>
    public ResourceInfo ByKind(string apiVersion, string kind) =>
        FindKind(apiVersion, kind)
            ?? throw new ArgumentException($"The simulated server does not serve {kind} in {apiVersion}: add it with AddResource or AddCustomResourceDefinition.");

    /// <summary>Finds a resource by name: <c>pods</c>, <c>deployments.apps</c> or <c>deployments.v1.apps</c>, as in kubectl.</summary>
    /// <exception cref="ArgumentException">The server does not serve the resource.</exception>
    public ResourceInfo ByName(string name) =>
        _resources.FirstOrDefault(resource => name == resource.Plural && resource.Group.Length == 0)
            ?? _resources.FirstOrDefault(resource => name == resource.Plural || name == resource.Qualified || name == $"{resource.Plural}.{resource.Version}.{resource.Group}")
            ?? throw new ArgumentException($"The simulated server does not serve \"{name}\": write pods, deployments.apps or deployments.v1.apps, or add it with AddResource or AddCustomResourceDefinition.", nameof(name));

    public ResourceInfo? FindKind(string apiVersion, string kind) =>
        _resources.FirstOrDefault(resource => resource.ApiVersion == apiVersion && resource.Kind == kind);

    public ResourceInfo? Find(string group, string version, string plural) =>
        _resources.FirstOrDefault(resource => resource.Group == group && resource.Version == version && resource.Plural == plural);

    /// <summary>Finds all versions of the resource, the given version too, in registration order.</summary>
    public IEnumerable<ResourceInfo> Equivalents(ResourceInfo resource) =>
        _resources.Where(other => other.EquivalenceKey == resource.EquivalenceKey);
}
