using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>DELETE of one object, and of a collection item by item (contract 1.9, 1.10, section 5).</summary>
internal sealed class DeleteVerb(ServerCore core)
{
    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(ResourceInfo resource, string @namespace, string name, SimulatedRequestOptions request, RequestScope scope)
    {
        var stored = core.Store.Find(resource, @namespace, name) ?? throw Statuses.NotFound(resource, name);
        return await DeleteAsync(stored, new Target(resource, @namespace, name, request, scope));
    }

    /// <exception cref="ApiStatusException">An item is refused; earlier items are gone.</exception>
    public async Task<VerbResult> RunCollectionAsync(ResourceInfo resource, string @namespace, SimulatedRequestOptions request, RequestScope scope)
    {
        var items = core.Store.List(resource, @namespace)
            .Where(item => request.Labels.All(wanted => item.Labels() is { } labels && labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value))
            .ToList();
        foreach (var item in items)
        {
            // The name is empty for each item of a collection (contract 4.6).
            await DeleteAsync(item, new Target(resource, @namespace, "", request, scope));
        }

        if (resource.Typed)
        {
            // Items of a typed list have no apiVersion and kind.
            items.ForEach(item => _ = item.Remove("kind") | item.Remove("apiVersion"));
        }

        return new VerbResult(200, new JsonObject
        {
            ["kind"] = $"{resource.Kind}List",
            ["apiVersion"] = resource.ApiVersion,
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. items]),
        });
    }

    private Task<VerbResult> DeleteAsync(JsonObject stored, Target target) =>
        target.Resource.IsNamespaces && !IsEmptied(stored) ? DeleteNamespaceAsync(stored, target) : DeleteObjectAsync(stored, target);

    private async Task<VerbResult> DeleteObjectAsync(JsonObject stored, Target target)
    {
        var (resource, request) = (target.Resource, target.Request);
        if (resource.IsPods && PodGrace.IsPending(stored, request))
        {
            return new VerbResult(200, stored);
        }

        var grace = resource.IsPods ? PodGrace.Seconds(stored, request) : null;
        var before = stored.Clone();
        await AdmitAsync(before, grace, target);
        var changed = DeletionFinalizers.Set(stored, resource, request.PropagationPolicy);
        var isFinalized = stored.Metadata()?["finalizers"] is not JsonArray { Count: > 0 };
        if (grace is not null || !isFinalized)
        {
            MarkDeleting(stored, grace ?? 0);
        }

        if (!isFinalized || grace > 0)
        {
            return Keep(stored, target);
        }

        // An object that is updated before its deletion goes through admission twice (contract 1.9); a dry run ends after the update.
        if (grace == 0 && request.DryRun)
        {
            return new VerbResult(200, stored);
        }

        if (grace == 0 || changed)
        {
            await AdmitAsync(grace is null ? before : stored, grace, target);
        }

        if (!request.DryRun)
        {
            core.Store.Remove(resource, target.Namespace, stored.Name());
        }

        return resource.IsPods ? new VerbResult(200, stored) : new VerbResult(200, null, Statuses.Success(Details(stored, resource)));
    }

    /// <summary>Marks a namespace as terminating. The namespace stays, because the simulator has no controller that empties namespaces.</summary>
    private async Task<VerbResult> DeleteNamespaceAsync(JsonObject stored, Target target)
    {
        if (stored.Metadata()?["deletionTimestamp"] is not null)
        {
            return new VerbResult(200, stored);
        }

        await AdmitAsync(stored, null, target);
        stored.EnsureMetadata()["deletionTimestamp"] = core.Now();
        var status = stored["status"] as JsonObject ?? [];
        status["phase"] = "Terminating";
        stored["status"] = status.Parent is null ? status : status.DeepClone();
        return Keep(stored, target);
    }

    private VerbResult Keep(JsonObject stored, Target target)
    {
        if (!target.Request.DryRun)
        {
            core.Store.Put(target.Resource, stored);
        }

        return new VerbResult(200, stored);
    }

    private async Task AdmitAsync(JsonObject stored, long? grace, Target target)
    {
        var (resource, request) = (target.Resource, target.Request);
        var options = RequestBodies.DeleteOptions(request, grace ?? request.GracePeriodSeconds, resource.IsNamespaces ? stored.Metadata().Text("uid") : "");
        var attributes = new AdmissionAttributes
        {
            Operation = "DELETE",
            Resource = resource,
            Kind = new ObjectKind(resource.Group, resource.Version, resource.Kind),
            Name = target.Name,
            Namespace = resource.IsNamespaces ? stored.Name() : target.Namespace,
            OldObject = stored.Clone(),
            Options = options,
            Request = request,
        };
        await core.MutateAsync(attributes, target.Scope);
        await core.ValidateAsync(attributes, target.Scope);
    }

    private void MarkDeleting(JsonObject stored, long grace)
    {
        var metadata = stored.EnsureMetadata();
        if (metadata["deletionTimestamp"] is null && metadata.Number("generation") is > 0 and var generation)
        {
            metadata["generation"] = generation + 1;
        }

        metadata["deletionTimestamp"] = core.Now(TimeSpan.FromSeconds(grace));
        metadata["deletionGracePeriodSeconds"] = grace;
    }

    private static bool IsEmptied(JsonObject @namespace) =>
        @namespace.Metadata()?["deletionTimestamp"] is not null && (@namespace["spec"] as JsonObject)?["finalizers"] is JsonArray { Count: 0 };

    private static JsonObject Details(JsonObject stored, ResourceInfo resource)
    {
        var details = new JsonObject { ["name"] = stored.Name() };
        if (resource.Group.Length > 0)
        {
            details["group"] = resource.Group;
        }

        details["kind"] = resource.Plural;
        details["uid"] = stored.Metadata().Text("uid");
        return details;
    }

    private sealed record Target(ResourceInfo Resource, string Namespace, string Name, SimulatedRequestOptions Request, RequestScope Scope);
}
