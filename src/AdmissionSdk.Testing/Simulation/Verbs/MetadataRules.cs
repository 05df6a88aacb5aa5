using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The API server's changes to metadata before and after admission (contract 1.2, 13.5, 13.6, 13.8).</summary>
internal static class MetadataRules
{
    private const string NamespaceMismatch = "the namespace of the provided object does not match the namespace sent on the request";
    private static readonly string[] ImmutableFields = ["name", "uid"];
    private const string NameAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Removes the fields that a client cannot set on a new object.</summary>
    public static void ClearSystemFields(JsonObject json)
    {
        var metadata = json.EnsureMetadata();
        foreach (var name in new[] { "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink" })
        {
            metadata.Remove(name);
        }
    }

    /// <summary>Removes empty maps and lists of the metadata, as a Go struct does.</summary>
    public static void DropEmpty(JsonObject json)
    {
        var metadata = json.EnsureMetadata();
        foreach (var name in new[] { "labels", "annotations", "finalizers", "ownerReferences", "managedFields" })
        {
            if (metadata[name] is null or JsonObject { Count: 0 } or JsonArray { Count: 0 })
            {
                metadata.Remove(name);
            }
        }
    }

    /// <summary>Sets the server's fields on CREATE, also after a webhook changed the fields.</summary>
    /// <exception cref="ApiStatusException">The namespace changed, or the name is missing.</exception>
    public static void PrepareCreate(JsonObject json, ResourceInfo resource, string @namespace, string now)
    {
        var metadata = json.EnsureMetadata();
        CheckNamespace(json, resource, @namespace);
        ClearSystemFields(json);
        if (json.Name().Length == 0 && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + string.Concat(System.Security.Cryptography.RandomNumberGenerator.GetItems<char>(NameAlphabet, 5));
        }

        if (json.Name().Length == 0)
        {
            throw Statuses.Invalid(resource, "", [new V1StatusCause { Field = "metadata.name", Reason = "FieldValueRequired", Message = "Required value: name or generateName is required" }]);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = now;
        if (!resource.Typed)
        {
            metadata["generation"] = 1L;
        }

        // A kubelet registers a Node with a status, so the status of Nodes stays.
        if (resource is { HasStatus: true, Qualified: not "nodes" })
        {
            json.Remove("status");
        }
    }

    /// <summary>Restores the fields that an update cannot change, and refuses forbidden changes.</summary>
    /// <exception cref="ApiStatusException">The namespace (400), name or uid (422), or resourceVersion (409) changed.</exception>
    public static void PrepareUpdate(JsonObject json, JsonObject old, ResourceInfo resource, string @namespace)
    {
        var (metadata, oldMetadata) = (json.EnsureMetadata(), old.EnsureMetadata());
        CheckVersion(json, old, resource);
        CheckNamespace(json, resource, @namespace);
        if (metadata.Text("uid").Length == 0)
        {
            Restore(metadata, oldMetadata, "uid");
        }

        foreach (var name in new[] { "creationTimestamp", "generation", "selfLink" })
        {
            Restore(metadata, oldMetadata, name);
        }

        if (oldMetadata["deletionTimestamp"] is not null)
        {
            Restore(metadata, oldMetadata, "deletionTimestamp");
            Restore(metadata, oldMetadata, "deletionGracePeriodSeconds");
        }
        else
        {
            metadata.Remove("deletionTimestamp");
            metadata.Remove("deletionGracePeriodSeconds");
        }

        CheckImmutable(json, old, resource);
    }

    /// <summary>Removes exact duplicates of ownerReferences with a warning, in other words for the user's duplicates than for the webhooks' (contract 13.8).</summary>
    public static void DeduplicateOwners(JsonObject json, RequestScope scope, bool afterMutation)
    {
        if (json.Metadata()?["ownerReferences"] is not JsonArray owners)
        {
            return;
        }

        var distinct = new List<JsonNode?>();
        var duplicates = new List<string>();
        foreach (var owner in owners)
        {
            if (distinct.Exists(other => JsonNode.DeepEquals(other, owner)))
            {
                duplicates.Add((owner as JsonObject).Text("uid"));
            }
            else
            {
                distinct.Add(owner);
            }
        }

        if (duplicates.Count > 0)
        {
            var when = afterMutation ? " after mutating admission happens" : "";
            scope.Warnings.Add($".metadata.ownerReferences contains duplicate entries{when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: {string.Join(", ", duplicates)}");
            json.EnsureMetadata()["ownerReferences"] = new JsonArray([.. distinct.Select(owner => owner?.DeepClone())]);
        }
    }

    /// <summary>Sets the namespace of the request on an object without a namespace, and takes the namespace off a cluster-scoped object.</summary>
    /// <exception cref="ApiStatusException">The object has another namespace: 400.</exception>
    public static void CheckNamespace(JsonObject json, ResourceInfo resource, string @namespace)
    {
        if (!resource.Namespaced)
        {
            json.EnsureMetadata().Remove("namespace");
        }
        else if (json.Namespace().Length == 0)
        {
            json.EnsureMetadata()["namespace"] = @namespace;
        }
        else if (json.Namespace() != @namespace)
        {
            throw Statuses.BadRequest(NamespaceMismatch);
        }
    }

    private static void CheckVersion(JsonObject json, JsonObject old, ResourceInfo resource)
    {
        var version = json.Metadata().Text("resourceVersion");
        if (version.Length == 0 && !resource.Typed)
        {
            // The message names the resource where other messages name the kind.
            throw Statuses.Invalid(resource with { Kind = resource.Plural }, json.Name(), [new V1StatusCause { Field = "metadata.resourceVersion", Reason = "FieldValueInvalid", Message = "Invalid value: 0: must be specified for an update" }]);
        }

        if (version.Length > 0 && version != old.Metadata().Text("resourceVersion"))
        {
            throw Statuses.Conflict(resource, old.Name(), "the object has been modified; please apply your changes to the latest version and try again");
        }

        json.EnsureMetadata()["resourceVersion"] = old.Metadata().Text("resourceVersion");
    }

    private static void CheckImmutable(JsonObject json, JsonObject old, ResourceInfo resource)
    {
        var causes = ImmutableFields
            .Where(name => json.Metadata().Text(name) != old.Metadata().Text(name))
            .Select(name => new V1StatusCause { Field = $"metadata.{name}", Reason = "FieldValueInvalid", Message = $"Invalid value: \"{json.Metadata().Text(name)}\": field is immutable" })
            .ToList();
        // The generic rules and the rules of the kind both find the change; the message names the change once.
        causes.AddRange([.. causes]);
        if (causes.Count > 0)
        {
            throw Statuses.Invalid(resource, json.Name(), causes);
        }
    }

    private static void Restore(JsonObject metadata, JsonObject old, string name)
    {
        if (old[name] is { } value)
        {
            metadata[name] = value.DeepClone();
        }
        else
        {
            metadata.Remove(name);
        }
    }
}
