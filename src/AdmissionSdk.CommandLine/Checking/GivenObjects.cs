using System.Text.Json.Nodes;
using AdmissionSdk.Cluster;
using AdmissionSdk.Model;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>
/// The objects that look-ups of <c>check</c> and <c>rewrite</c> find: those of the options, and nothing else. An object that was not given may exist all
/// the same, so it is unknown and never missing.
/// </summary>
internal sealed class GivenObjects : IObjectSource
{
    public const string NameLabel = "kubernetes.io/metadata.name";

    private const string Namespaces = "namespaces";

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourcePath, JsonObject> _objects = [];
    private readonly List<string> _unknown = [];

    /// <summary>Adds a namespace, or labels to a namespace.</summary>
    public void AddNamespace(string name, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var path = new ResourcePath("", "v1", "", Namespaces, name, "");
        if (!_objects.TryGetValue(path, out var found))
        {
            found = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
            Put(path, found);
        }

        var all = found["metadata"]!["labels"]!;
        foreach (var (key, value) in labels)
        {
            all[key] = value;
        }
    }

    /// <summary>Adds an object.</summary>
    public void Add(JsonObject json)
    {
        var apiVersion = (string?)json["apiVersion"] ?? "";
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, kind) = (slash < 0 ? "" : apiVersion[..slash], (string?)json["kind"] ?? "");
        var metadata = json["metadata"] as JsonObject;
        var space = ClusterScoped.Contains(group, kind) ? "" : (string?)metadata?["namespace"] ?? "";
        Put(new ResourcePath(group, apiVersion[(slash + 1)..], space, ClusterScoped.GuessResource(kind), (string?)metadata?["name"] ?? "", ""), json);
    }

    /// <summary>Gets a namespace's labels; null if they were not given.</summary>
    public IReadOnlyDictionary<string, string>? FindLabels(string name) =>
        _objects.TryGetValue(new ResourcePath("", "v1", "", Namespaces, name, ""), out var found) ? LabelSelectorMatch.ReadLabels(found) : null;

    /// <summary>Gets, once, the reasons of the look-ups that found no answer since the last call.</summary>
    public IReadOnlyList<string> TakeUnknown()
    {
        lock (_lock)
        {
            string[] taken = [.. _unknown];
            _unknown.Clear();
            return taken;
        }
    }

    public JsonObject? Find(ResourcePath path) => _objects.TryGetValue(path, out var found) ? found : throw CreateUnknown(
        path.Resource == Namespaces
            ? $"namespace {path.Name} is not known without a cluster: pass --namespace-labels {path.Name}:KEY=VALUE"
            : $"{path} is not known without a cluster: pass a file with it as --objects FILE");

    public IEnumerable<JsonObject> List(ResourcePath path) => throw CreateUnknown($"{path} is not known without a cluster, and cannot be given");

    // A Namespace has its name as a label since Kubernetes 1.21, and a manifest need not have it.
    private void Put(ResourcePath path, JsonObject json)
    {
        if (path is { Group: "", Resource: Namespaces } && json["metadata"] is JsonObject metadata)
        {
            if (metadata["labels"] is not JsonObject)
            {
                metadata["labels"] = new JsonObject();
            }

            metadata["labels"]![NameLabel] = path.Name;
        }

        _objects[path] = json;
    }

    private LookupUnknownException CreateUnknown(string reason)
    {
        lock (_lock)
        {
            _unknown.Add(reason);
        }

        return new LookupUnknownException(reason);
    }
}
