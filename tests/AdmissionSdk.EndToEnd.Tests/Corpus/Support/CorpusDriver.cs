using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Corpus.Support;

/// <summary>Makes one request for every verb of every resource that an API server offers.</summary>
internal sealed class CorpusDriver(Kubernetes client, string @namespace, JsonObject objects)
{
    private const string Label = "corpus";
    private static readonly string[] Writes = ["create", "update", "patch", "delete", "deletecollection"];
    private static readonly string[] Connects = ["create", "get", "update", "patch", "delete"];

    /// <summary>Lists the requests that reach webhooks, from discovery. Groups with a dot and no <c>k8s.io</c> are those of other tests.</summary>
    public async Task<IReadOnlyList<CorpusStep>> DiscoverAsync()
    {
        List<string> versions = ["v1"];
        foreach (var group in (await GetAsync("apis"))!["groups"]!.AsArray())
        {
            if ((string)group!["name"]! is var name && (!name.Contains('.', StringComparison.Ordinal) || name.EndsWith(".k8s.io", StringComparison.Ordinal)))
            {
                versions.AddRange(group["versions"]!.AsArray().Select(version => (string)version!["groupVersion"]!));
            }
        }

        List<CorpusStep> steps = [];
        // Webhook configurations and admission policies reach no webhook (contract 1.5).
        foreach (var version in versions.Where(version => !version.StartsWith("admissionregistration.k8s.io/", StringComparison.Ordinal)))
        {
            foreach (var resource in (await GetAsync(Root(version)))!["resources"]!.AsArray())
            {
                steps.AddRange(Steps(version, resource!.AsObject()));
            }
        }

        return steps;
    }

    /// <summary>True if the table of objects has one for the step.</summary>
    public bool Knows(CorpusStep step) => Body(step.Group, step.GroupVersion, step.Main) is not null;

    /// <summary>Makes the objects that the request needs; their reviews are not the step's.</summary>
    public async Task PrepareAsync(CorpusStep step)
    {
        if (step.Verb != "create" || step.Subresource.Length > 0)
        {
            await SendAsync(HttpMethod.Post, Collection(step), Create(step));
        }
    }

    public async Task RunAsync(CorpusStep step)
    {
        var item = Item(step);
        var path = step.Subresource.Length > 0 ? $"{item}/{step.Subresource}" : item;
        if (step.IsConnect)
        {
            var method = step.Verb switch { "create" => HttpMethod.Post, "update" => HttpMethod.Put, "patch" => HttpMethod.Patch, "delete" => HttpMethod.Delete, _ => HttpMethod.Get };
            await SendAsync(method, path + (step.Kind == "PodExecOptions" ? "?command=ls&stdout=true" : step.Kind == "PodAttachOptions" ? "?stdout=true" : ""), null);
            return;
        }

        switch (step.Verb)
        {
            case "create":
                await SendAsync(HttpMethod.Post, step.Subresource.Length > 0 ? path : Collection(step), step.Subresource.Length > 0 ? SubresourceBody(step) : Create(step));
                break;
            case "update":
                var live = await GetAsync(path) ?? (await GetAsync(item))!;
                Annotate(live);
                await SendAsync(HttpMethod.Put, path, live);
                break;
            case "patch":
                await SendAsync(HttpMethod.Patch, path, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["patched"] = "yes" } } });
                break;
            case "delete":
                await SendAsync(HttpMethod.Delete, item, null);
                break;
            default:
                await SendAsync(HttpMethod.Delete, $"{Collection(step)}?labelSelector={Label}=yes", null);
                break;
        }
    }

    /// <summary>Removes what the step left, finalizers included.</summary>
    public async Task CleanAsync(CorpusStep step)
    {
        if (step.Verb is "delete" or "deletecollection" || step.Subresource is "eviction" or "binding")
        {
            await SendAsync(HttpMethod.Patch, Item(step), new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } });
            await SendAsync(HttpMethod.Delete, $"{Item(step)}?gracePeriodSeconds=0", null);
        }
    }

    private static IEnumerable<CorpusStep> Steps(string version, JsonObject resource)
    {
        var (group, ownVersion) = ((string?)resource["group"], (string?)resource["version"]);
        var body = ownVersion is null ? version : string.IsNullOrEmpty(group) ? ownVersion : $"{group}/{ownVersion}";
        var step = new CorpusStep(version, (string)resource["name"]!, "", (string)resource["kind"]!, body, (bool)resource["namespaced"]!);
        var verbs = resource["verbs"]!.AsArray().Select(verb => (string)verb!).ToList();
        // In the order in which one object can live through all of them.
        return (step.IsConnect ? Connects : Writes).Where(verbs.Contains).Select(verb => step with { Verb = verb });
    }

    private JsonObject Create(CorpusStep step)
    {
        var body = Body(step.Group, step.GroupVersion, step.Main)!.DeepClone().AsObject();
        var metadata = body["metadata"] as JsonObject ?? [];
        metadata["name"] ??= "corpus";
        metadata["labels"] = new JsonObject { [Label] = "yes" };
        body["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        body["apiVersion"] = step.GroupVersion;
        body["kind"] = step.Subresource.Length > 0 ? _kinds[$"{step.GroupVersion} {step.Main}"] : _kinds[$"{step.GroupVersion} {step.Main}"] = step.Kind;
        return JsonNode.Parse(body.ToJsonString().Replace("$NS", @namespace, StringComparison.Ordinal))!.AsObject();
    }

    private readonly Dictionary<string, string> _kinds = [];

    private JsonObject SubresourceBody(CorpusStep step)
    {
        var body = objects[$"{step.Group}/{step.Resource}"]!.DeepClone().AsObject();
        body["apiVersion"] = step.BodyVersion;
        body["kind"] = step.Kind;
        body["metadata"] = new JsonObject { ["name"] = "corpus" };
        return body;
    }

    private JsonObject? Body(string group, string groupVersion, string resource) =>
        objects[$"{groupVersion}/{resource}"] as JsonObject ?? objects[$"{group}/{resource}"] as JsonObject;

    private static void Annotate(JsonObject json)
    {
        var metadata = json["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }

        annotations["updated"] = "yes";
    }

    private static string Root(string version) => version == "v1" ? "api/v1" : $"apis/{version}";

    private string Collection(CorpusStep step) => $"{Root(step.GroupVersion)}{(step.Namespaced ? $"/namespaces/{@namespace}" : "")}/{step.Main}";

    private string Item(CorpusStep step) => $"{Collection(step)}/{(string?)Body(step.Group, step.GroupVersion, step.Main)?["metadata"]?["name"] ?? "corpus"}";

    private async Task<JsonObject?> GetAsync(string path)
    {
        using var response = await client.HttpClient.GetAsync(new Uri(client.BaseUri, path));
        return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) as JsonObject : null;
    }

    // The reviews count here, and a request may well fail after them.
    private async Task SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path)) { Version = System.Net.HttpVersion.Version11 };
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        }

        using var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
