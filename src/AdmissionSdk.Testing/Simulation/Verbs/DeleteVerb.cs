using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Json;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Resources;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>DELETE of one object, and of a collection item by item (contract 1.9, 1.10, section 5).</summary>
internal sealed class DeleteVerb(ServerCore core)
{
    private const long DefaultGraceSeconds = 30;

    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(ResourceInfo resource, string space, string name, SimulatedRequestOptions request, RequestScope scope)
    {
        var stored = core.Store.Find(resource, space, name) ?? throw Statuses.NotFound(resource, name);
        return await DeleteAsync(stored, resource, space, name, request, scope);
    }

    /// <exception cref="ApiStatusException">One of the items is refused; those before it are gone.</exception>
    public async Task<VerbResult> RunCollectionAsync(ResourceInfo resource, string space, SimulatedRequestOptions request, RequestScope scope)
    {
        var items = core.Store.List(resource, space)
            .Where(item => request.Labels.All(wanted => item.Labels() is { } labels && labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value))
            .ToList();
        foreach (var item in items)
        {
            // The name is empty for each item of a collection (contract 4.6).
            await DeleteAsync(item, resource, space, "", request, scope);
        }
        if (resource.Typed)
        {
            // The items of a typed list do not repeat what they are.
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

    private async Task<VerbResult> DeleteAsync(JsonObject stored, ResourceInfo resource, string space, string name, SimulatedRequestOptions request, RequestScope scope)
    {
        var grace = resource.IsPods ? GraceSeconds(stored, request) : (long?)null;
        if (resource.IsPods && stored.Metadata()?["deletionTimestamp"] is not null && !Shortens(stored, request))
        {
            return new VerbResult(200, stored);
        }
        await AdmitAsync();
        var pendingFinalizers = stored.Metadata()?["finalizers"] is JsonArray { Count: > 0 };
        if (pendingFinalizers || grace > 0)
        {
            stored.EnsureMetadata()["deletionTimestamp"] = core.Now();
            stored.EnsureMetadata()["deletionGracePeriodSeconds"] = grace ?? 0;
            if (!request.DryRun)
            {
                core.Store.Put(resource, stored);
            }
            return new VerbResult(200, stored);
        }
        if (grace == 0)
        {
            stored.EnsureMetadata()["deletionTimestamp"] = core.Now();
            stored.EnsureMetadata()["deletionGracePeriodSeconds"] = 0L;
            // A kind that is deleted gracefully is updated first and then deleted: admission runs twice (contract 1.9).
            await AdmitAsync();
        }
        if (!request.DryRun)
        {
            core.Store.Remove(resource, space, stored.Name());
        }
        return resource.IsPods ? new VerbResult(200, stored) : new VerbResult(200, null, Statuses.Success(Details(stored, resource)));

        async Task AdmitAsync()
        {
            var attributes = new AdmissionAttributes
            {
                Operation = "DELETE",
                Resource = resource,
                Kind = new ObjectKind(resource.Group, resource.Version, resource.Kind),
                Name = name,
                Namespace = resource.IsNamespaces ? stored.Name() : space,
                OldObject = stored.Clone(),
                Options = RequestBodies.DeleteOptions(grace is null ? request : request with { GracePeriodSeconds = grace }),
                Request = request,
            };
            await core.MutateAsync(attributes, scope);
            await core.ValidateAsync(attributes, scope);
        }
    }

    // A pod that is on no node, or done, has nobody to wait for.
    private static long GraceSeconds(JsonObject pod, SimulatedRequestOptions request)
    {
        var spec = pod["spec"] as JsonObject;
        if (spec.Text("nodeName").Length == 0 || (pod["status"] as JsonObject).Text("phase") is "Failed" or "Succeeded")
        {
            return 0;
        }
        return request.GracePeriodSeconds ?? spec?["terminationGracePeriodSeconds"]?.GetValue<long>() ?? DefaultGraceSeconds;
    }

    private static bool Shortens(JsonObject pod, SimulatedRequestOptions request)
        => request.GracePeriodSeconds is { } wanted && wanted < (pod.Metadata()?["deletionGracePeriodSeconds"]?.GetValue<long>() ?? 0);

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
}
