using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Json;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Resources;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>POST, and the writes that create (contract 1.2): defaults, mutation, server-set fields, validation, validating webhooks, store.</summary>
internal sealed class CreateVerb(ServerCore core)
{
    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(JsonObject body, ResourceInfo resource, SimulatedRequestOptions request, RequestScope scope)
    {
        var space = Space(body, resource, request);
        MetadataRules.ClearSystemFields(body);
        if (resource.Namespaced)
        {
            body.EnsureMetadata()["namespace"] = space;
        }
        core.SetDefaults(body, resource);
        var requestName = body.Name();

        var mutation = Attributes(body, requestName);
        await core.MutateAsync(mutation, scope);
        var created = mutation.Object!;
        MetadataRules.DeduplicateOwners(created, scope);
        if (!BuiltInResources.IsVirtual(resource))
        {
            MetadataRules.PrepareCreate(created, resource, resource.IsNamespaces ? "" : space, core.Now());
        }
        core.SetDefaults(created, resource);
        core.Validate(resource, created, null);

        // The name of the request stays, even when a webhook changed the object's (contract 13.5).
        await core.ValidateAsync(Attributes(created, requestName.Length > 0 ? requestName : created.Name()), scope);
        Save(created, resource, request, space);
        return new VerbResult(201, created);

        AdmissionAttributes Attributes(JsonObject json, string name) => new()
        {
            Operation = "CREATE",
            Resource = resource,
            Kind = new ObjectKind(resource.Group, resource.Version, resource.Kind),
            Name = name,
            Namespace = resource.IsNamespaces ? name : space,
            Object = json,
            Options = RequestBodies.CreateOptions(request),
            Request = request,
        };
    }

    public static string Space(JsonObject body, ResourceInfo resource, SimulatedRequestOptions request)
        => !resource.Namespaced ? "" : body.Namespace() is { Length: > 0 } own ? own : request.Namespace;

    private void Save(JsonObject created, ResourceInfo resource, SimulatedRequestOptions request, string space)
    {
        if (created.Metadata().Text("resourceVersion").Length > 0)
        {
            throw Statuses.Plain("resourceVersion should not be set on objects to be created");
        }
        core.PrepareForStorage(resource, created);
        if (BuiltInResources.IsVirtual(resource))
        {
            return;
        }
        if (core.Store.Find(resource, space, created.Name()) is not null)
        {
            throw Statuses.AlreadyExists(resource, created.Name());
        }
        if (!request.DryRun)
        {
            core.Store.Put(resource, created);
        }
    }
}
