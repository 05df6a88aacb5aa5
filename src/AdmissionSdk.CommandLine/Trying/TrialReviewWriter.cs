using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Trying;

/// <summary>Makes the review that the API server would send for a manifest.</summary>
internal static class TrialReviewWriter
{
    /// <param name="registry">The application's webhooks, which know the plurals of their kinds.</param>
    /// <param name="item">The object that the user would send.</param>
    /// <param name="stored">The object as it would be stored; null without one.</param>
    /// <param name="facts">The rest of the request.</param>
    /// <exception cref="CommandException">The request cannot be made of this manifest.</exception>
    /// <exception cref="YamlReadException">The object that kubectl would send is not certain.</exception>
    public static TrialReview Write(WebhookRegistry registry, ManifestObject item, ManifestObject? stored, TrialFacts facts)
    {
        var resource = TrialResource.Find(registry, item, facts.Resource);
        var operation = FindOperation(resource, stored, facts);
        var @namespace = Claims.IsClusterScoped(registry, item.Group, item.Kind) ? "" : item.Namespace ?? facts.Namespace;
        var name = facts.Name ?? item.Name ?? "";
        if (resource.IsConnect && name.Length == 0)
        {
            throw new CommandException($"{item.Kind} does not name what to connect to: give --name.");
        }

        var content = Read(item, resource.IsConnect ? "" : @namespace);
        var old = operation == Operation.Update ? Read(stored ?? item, @namespace) : operation == Operation.Delete ? content : null;
        var isDelete = operation == Operation.Delete;
        return TrialReview.Create(new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = TrialReview.Kind,
            ["request"] = new JsonObject
            {
                // A fixed uid, since the same input must give the same output.
                ["uid"] = Guid.Empty.ToString(),
                ["kind"] = WriteKind(item),
                ["resource"] = WriteResource(resource.Resource),
                ["subResource"] = resource.Subresource.Length > 0 ? resource.Subresource : null,
                ["requestKind"] = WriteKind(item),
                ["requestResource"] = WriteResource(resource.Resource),
                ["requestSubResource"] = resource.Subresource.Length > 0 ? resource.Subresource : null,
                ["name"] = name,
                ["namespace"] = item is { Group: "", Kind: "Namespace" } ? name : @namespace,
                ["operation"] = operation.Value,
                ["userInfo"] = new JsonObject { ["username"] = facts.User, ["groups"] = new JsonArray([.. facts.Groups.Select(group => JsonValue.Create(group))]) },
                ["object"] = isDelete ? null : content,
                ["oldObject"] = old,
                // A connection has neither a dry run nor options (contract 5).
                ["dryRun"] = !resource.IsConnect,
                ["options"] = resource.IsConnect ? null : WriteOptions(operation),
            },
        });
    }

    private static Operation FindOperation(TrialResource resource, ManifestObject? stored, TrialFacts facts)
    {
        var usual = resource.IsConnect ? Operation.Connect : stored is not null || IsUpdate(resource.Subresource) ? Operation.Update : Operation.Create;
        var operation = facts.Operation ?? usual;
        return (operation == Operation.Connect) == resource.IsConnect
            ? operation
            : throw new CommandException($"--operation {operation.Value.ToLowerInvariant()} does not go with {resource.Resource.Resource}/{resource.Subresource}, which is {usual.Value}.");
    }

    private static bool IsUpdate(string subresource) => subresource.Length > 0 && subresource is not ("eviction" or "binding" or "token");

    private static JsonObject Read(ManifestObject item, string @namespace)
    {
        var content = YamlJson.Convert(item.Node);
        content["apiVersion"] ??= item.ApiVersion;
        content["kind"] ??= item.Kind;
        if (@namespace.Length > 0 && (content["metadata"] ??= new JsonObject()) is JsonObject metadata)
        {
            // The API server adds the namespace of the request before admission.
            metadata["namespace"] ??= @namespace;
        }

        return content;
    }

    private static JsonObject WriteOptions(Operation operation) => new()
    {
        ["apiVersion"] = "meta.k8s.io/v1",
        ["kind"] = operation == Operation.Update ? "UpdateOptions" : operation == Operation.Delete ? "DeleteOptions" : "CreateOptions",
        ["dryRun"] = new JsonArray("All"),
    };

    private static JsonObject WriteKind(ManifestObject item) => new()
    {
        ["group"] = item.Group,
        ["version"] = item.ApiVersion[(item.ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..],
        ["kind"] = item.Kind,
    };

    private static JsonObject WriteResource(GroupVersionResource resource) => new() { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Resource };
}
