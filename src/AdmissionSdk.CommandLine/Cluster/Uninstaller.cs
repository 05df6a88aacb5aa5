using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Autorest;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Takes away the objects that carry this installation's labels, in the order of their kinds.</summary>
internal sealed class Uninstaller(IKubernetes client, ManifestOptions target, bool dryRun)
{
    /// <summary>Deletes the objects of a kind.</summary>
    /// <returns>A line for each object, or for a kind that may not be listed.</returns>
    public async IAsyncEnumerable<(string Line, bool IsProblem)> DeleteAsync(
        InstalledKind kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (names, problem) = await FindAsync(kind, cancellationToken);
        if (problem is not null)
        {
            yield return (problem, true);
        }

        foreach (var name in names)
        {
            var path = $"{kind.ListPath(target.Namespace)}/{name}";
            using var response = await SendAsync(HttpMethod.Delete, $"{path}?propagationPolicy=Background{(dryRun ? "&dryRun=All" : "")}", cancellationToken);
            yield return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound
                ? ($"{kind.Kind}/{name} deleted", false)
                : ($"{kind.Kind}/{name} could not be deleted: {await ReadMessageAsync(response, cancellationToken)}", true);
        }
    }

    /// <summary>Finds the objects of a kind; none if the API server does not have the kind.</summary>
    private async Task<(IReadOnlyList<string> Names, string? Problem)> FindAsync(InstalledKind kind, CancellationToken cancellationToken)
    {
        // With the label of the manager, which Helm replaces by its own: what Helm installed, Helm removes.
        var path = $"{kind.ListPath(target.Namespace)}?labelSelector={Uri.EscapeDataString(LiveObjects.Selector(target.Labels))}";
        using var response = await SendAsync(HttpMethod.Get, path, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return ([], null);
        }

        if (!response.IsSuccessStatusCode)
        {
            return ([], $"{kind.Resource} cannot be listed, so none is deleted: {await ReadMessageAsync(response, cancellationToken)}");
        }

        var items = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))?["items"] as JsonArray ?? [];

        // Objects that a controller made go with their owner.
        return ([.. items.Where(item => item?["metadata"]?["ownerReferences"] is not JsonArray { Count: > 0 }).Select(item => (string)item!["metadata"]!["name"]!)], null);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        var kubernetes = (Kubernetes)client;
        using var request = new HttpRequestMessage(method, new Uri(kubernetes.BaseUri, path)) { Version = HttpVersion.Version11 };
        if (kubernetes.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }

        return await kubernetes.HttpClient.SendAsync(request, cancellationToken);
    }

    private static async Task<string> ReadMessageAsync(HttpResponseMessage response, CancellationToken cancellationToken) => ApiErrors.Describe(
        new HttpOperationException { Response = new HttpResponseMessageWrapper(response, await response.Content.ReadAsStringAsync(cancellationToken)) });
}
