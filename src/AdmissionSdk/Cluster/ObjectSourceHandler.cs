using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Configuration;
using AdmissionSdk.Model;
using k8s;

namespace AdmissionSdk.Cluster;

/// <summary>Answers the reads of a Kubernetes client from objects in memory, so that look-ups run the same calls as in a cluster.</summary>
internal sealed class ObjectSourceHandler(IObjectSource source) : DelegatingHandler
{
    private const string JsonType = "application/json";

    /// <summary>Makes a client that asks the objects, and no server.</summary>
    public static IKubernetes Connect(IObjectSource source) =>
        new Kubernetes(new KubernetesClientConfiguration { Host = "http://localhost" }, new ObjectSourceHandler(source));

    /// <exception cref="LookupUnknownException">The source does not know, or the call is not a plain read.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var query = ReadQuery(request.RequestUri!.Query);
        if (request.Method != HttpMethod.Get || !ResourcePath.TryParse(request.RequestUri.AbsolutePath, out var path)
            || path.Subresource.Length > 0 || query.GetValueOrDefault("watch") is "true" or "1" || query.ContainsKey("fieldSelector"))
        {
            throw new LookupUnknownException($"{request.Method} {request.RequestUri.PathAndQuery} can only be answered by a cluster");
        }

        if (path.Name.Length == 0)
        {
            return Task.FromResult(Respond(request, HttpStatusCode.OK, List(path, query.GetValueOrDefault("labelSelector"))));
        }

        return Task.FromResult(source.Find(path) is { } found
            ? Respond(request, HttpStatusCode.OK, found)
            : Respond(request, HttpStatusCode.NotFound, new JsonObject
            {
                ["kind"] = "Status",
                ["apiVersion"] = "v1",
                ["status"] = "Failure",
                ["message"] = $"{path.Resource} \"{path.Name}\" not found",
                ["reason"] = "NotFound",
                ["code"] = (int)HttpStatusCode.NotFound,
            }));
    }

    private JsonObject List(ResourcePath path, string? labels)
    {
        var items = source.List(path);
        if (!string.IsNullOrEmpty(labels))
        {
            items = LabelSelectorText.TryParse(labels, out var selector)
                ? items.Where(item => LabelSelectorMatch.Matches(selector, LabelSelectorMatch.ReadLabels(item)))
                : throw new LookupUnknownException($"the label selector '{labels}' cannot be read");
        }

        return new JsonObject
        {
            ["kind"] = "List",
            ["apiVersion"] = path.Group.Length == 0 ? path.Version : $"{path.Group}/{path.Version}",
            ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
            ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        };
    }

    private static HttpResponseMessage Respond(HttpRequestMessage request, HttpStatusCode status, JsonObject body) =>
        new(status) { RequestMessage = request, Content = new StringContent(body.ToJsonString(), Encoding.UTF8, JsonType) };

    private static Dictionary<string, string> ReadQuery(string query) =>
        query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part.Length > 1 ? Uri.UnescapeDataString(part[1].Replace('+', ' ')) : "", StringComparer.Ordinal);
}
