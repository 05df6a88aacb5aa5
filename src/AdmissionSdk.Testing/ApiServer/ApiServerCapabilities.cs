using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>The version of an API server, and every resource and subresource that the server serves.</summary>
internal sealed class ApiServerCapabilities
{
    private const string Core = "v1";

    private readonly Dictionary<string, HashSet<string>> _resources = new(StringComparer.Ordinal);

    private ApiServerCapabilities(Version version) => Version = version;

    public Version Version { get; }

    public static async Task<ApiServerCapabilities> ReadAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        var reported = (await client.Version.GetCodeAsync(cancellationToken)).GitVersion;
        var capabilities = new ApiServerCapabilities(
            ApiServerVersion.TryParse(reported) ?? throw new KubeApiServerException($"The API server reports the version '{reported}', which is not a version."));

        capabilities.Add(await client.CoreV1.GetAPIResourcesAsync(cancellationToken));
        var groups = await client.Apis.GetAPIVersionsAsync(cancellationToken);
        var versions = groups.Groups.SelectMany(group => group.Versions.Select(version => (Group: group.Name, version.Version)));
        foreach (var list in await Task.WhenAll(versions.Select(item => AskAsync(client, item.Group, item.Version, cancellationToken))))
        {
            if (list is not null)
            {
                capabilities.Add(list);
            }
        }

        return capabilities;
    }

    public bool Serves(string groupVersion, string? resource) =>
        _resources.TryGetValue(groupVersion, out var resources) && (resource is null || resources.Contains(resource));

    // An aggregated API may be down; the tests do not need aggregated APIs.
    private static async Task<V1APIResourceList?> AskAsync(IKubernetes client, string group, string version, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CustomObjects.GetAPIResourcesAsync(group, version, cancellationToken);
        }
        catch (HttpOperationException)
        {
            return null;
        }
    }

    private void Add(V1APIResourceList list) =>
        _resources[list.GroupVersion ?? Core] = [.. list.Resources.Select(resource => resource.Name)];
}
