using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>PUT and PATCH of an object or a subresource (contract 1.3).</summary>
internal sealed class UpdateVerb(ServerCore core)
{
    /// <param name="resource">The resource.</param>
    /// <param name="namespace">The object's namespace.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="write">The form of the request's body.</param>
    /// <param name="change">Makes the new object from the stored object, in the version of the request.</param>
    /// <param name="request">The options of the request.</param>
    /// <param name="scope">The request's scope.</param>
    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(ResourceInfo resource, string @namespace, string name, WriteKind write, Func<JsonObject, JsonObject> change, SimulatedRequestOptions request, RequestScope scope)
    {
        var parent = core.Store.Find(resource, @namespace, name) ?? throw Statuses.NotFound(resource, name);
        var row = request.Subresource.Length == 0 ? null : SubresourceTable.Get(resource, request.Subresource, "UPDATE");
        if (row is { SinceMinor: { } since } && !core.Behaviour.Since(since))
        {
            throw Statuses.UnknownPath();
        }

        var isScale = row?.Kind == "Scale";
        var old = isScale ? ScaleView.Of(parent, resource) : parent;
        var result = old;
        for (var replay = 0; replay <= core.Options.UpdateReplays; replay++)
        {
            var json = change(old.Clone());
            if (write != WriteKind.Apply)
            {
                json = core.Bodies.Decode(json, resource, resource.Typed || isScale, write, request, scope);
            }

            if (core.Behaviour.SetsNamespaceFirst)
            {
                MetadataRules.CheckNamespace(json, resource, resource.IsNamespaces ? "" : @namespace);
            }

            if (write == WriteKind.Whole)
            {
                MetadataRules.DeduplicateOwners(json, scope, afterMutation: false);
            }

            if (!isScale)
            {
                core.SetDefaults(json, resource);
            }

            result = await AdmitAsync(Attributes(json), old, isScale, scope);
        }

        if (!isScale)
        {
            StructuralSchema.Prune(result, resource.Schema);
        }

        if (!request.DryRun)
        {
            Save(result, parent, isScale, resource);
        }

        return new VerbResult(200, result);

        AdmissionAttributes Attributes(JsonObject json) => new()
        {
            Operation = "UPDATE",
            Resource = resource,
            Subresource = request.Subresource,
            Kind = row?.Kind is { } kind ? ObjectKind.Of(row.ApiVersion!, kind) : new ObjectKind(resource.Group, resource.Version, resource.Kind),
            Name = name,
            Namespace = resource.IsNamespaces ? name : @namespace,
            Object = json,
            OldObject = old.Clone(),
            Options = RequestBodies.UpdateOptions(request),
            Request = request,
            HasFreshManagedFields = FieldOwnership.Takes(json, old),
        };
    }

    private async Task<JsonObject> AdmitAsync(AdmissionAttributes attributes, JsonObject old, bool isScale, RequestScope scope)
    {
        var resource = attributes.Resource;
        await core.MutateAsync(attributes, scope);
        var updated = attributes.Object!;
        MetadataRules.DeduplicateOwners(updated, scope, afterMutation: true);
        MetadataRules.PrepareUpdate(updated, old, resource, resource.IsNamespaces ? "" : attributes.Namespace);
        updated = Keep(updated, old, attributes);
        attributes.Object = updated;
        if (!isScale)
        {
            core.SetDefaults(updated, resource);
            core.PrepareAndValidate(resource, updated, old);
        }

        await core.ValidateAsync(attributes, scope);
        return updated;
    }

    /// <summary>Keeps the parts of the stored object that the endpoint does not write (contract 13.6).</summary>
    private static JsonObject Keep(JsonObject updated, JsonObject old, AdmissionAttributes attributes)
    {
        switch (attributes.Subresource)
        {
            case "" when attributes.Resource.HasStatus:
                Copy(old, updated, "status");
                return updated;
            case "status" or "approval":
                var withStatus = old.Clone();
                Copy(updated, withStatus, "status");
                return withStatus;
            case "ephemeralcontainers":
                var withContainers = old.Clone();
                Copy(updated["spec"] as JsonObject ?? [], withContainers["spec"] as JsonObject ?? [], "ephemeralContainers");
                return withContainers;
            default:
                return updated;
        }
    }

    private void Save(JsonObject result, JsonObject parent, bool isScale, ResourceInfo resource)
    {
        if (isScale)
        {
            ScaleView.WriteBack(result, parent, resource);
            core.Store.Put(resource, parent);
            result.EnsureMetadata()["resourceVersion"] = parent.Metadata().Text("resourceVersion");
            return;
        }

        if (result.Metadata()?["deletionTimestamp"] is not null && !HasFinalizers(result.Metadata()) && !(resource.IsNamespaces && HasFinalizers(result["spec"] as JsonObject)))
        {
            // Without a finalizer the object goes too, without a DELETE review (contract 1.10).
            core.Store.Remove(resource, result.Namespace(), result.Name());
        }
        else if (!JsonNode.DeepEquals(result, parent))
        {
            CountGeneration(result, parent, resource);
            core.Store.Put(resource, result);
        }
    }

    private static bool HasFinalizers(JsonObject? holder) => holder?["finalizers"] is JsonArray { Count: > 0 };

    private static void CountGeneration(JsonObject result, JsonObject parent, ResourceInfo resource)
    {
        var (before, after) = (parent.Clone(), result.Clone());
        foreach (var json in new[] { before, after })
        {
            json.Remove("metadata");
            json.Remove("status");
        }

        if (!resource.Typed && !JsonNode.DeepEquals(before, after))
        {
            result.EnsureMetadata()["generation"] = (parent.Metadata().Number("generation") ?? 0) + 1;
        }
    }

    private static void Copy(JsonObject source, JsonObject target, string name)
    {
        target.Remove(name);
        if (source[name] is { } value)
        {
            target[name] = value.DeepClone();
        }
    }
}
