using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>POST, and the writes that create (contract 1.2): defaults, mutation, server-set fields, validation, validating webhooks, store.</summary>
internal sealed class CreateVerb(ServerCore core)
{
    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(JsonObject body, ResourceInfo resource, WriteKind write, SimulatedRequestOptions request, RequestScope scope)
    {
        var @namespace = NamespaceOf(body, resource, request);
        if (resource.Namespaced && core.Behaviour.SetsNamespaceFirst)
        {
            body.EnsureMetadata()["namespace"] = @namespace;
        }

        body = core.Bodies.Decode(body, resource, resource.Typed, write, request, scope);
        MetadataRules.ClearSystemFields(body);
        if (write == WriteKind.Whole)
        {
            MetadataRules.DeduplicateOwners(body, scope, afterMutation: false);
        }

        core.SetDefaults(body, resource);
        var requestName = body.Name();

        var mutation = Attributes(body, requestName);
        await core.MutateAsync(mutation, scope);
        var created = mutation.Object!;
        MetadataRules.DeduplicateOwners(created, scope, afterMutation: true);
        if (!ApiServerResources.IsVirtual(resource))
        {
            MetadataRules.PrepareCreate(created, resource, resource.IsNamespaces ? "" : @namespace, core.Now());
        }

        core.SetDefaults(created, resource);
        core.PrepareAndValidate(resource, created, null);

        // The name of the request stays, even when a webhook changed the object's (contract 13.5).
        await core.ValidateAsync(Attributes(created, requestName.Length > 0 ? requestName : created.Name()), scope);
        Save(created, resource, request, @namespace);
        return new VerbResult(201, created);

        AdmissionAttributes Attributes(JsonObject json, string name) => new()
        {
            Operation = "CREATE",
            Resource = resource,
            Kind = new ObjectKind(resource.Group, resource.Version, resource.Kind),
            Name = name,
            // The namespace of a Namespace is the object's name, unless the name was generated after mutation.
            Namespace = resource.IsNamespaces ? requestName : @namespace,
            Object = json,
            Options = RequestBodies.CreateOptions(request),
            Request = request,
            HasFreshManagedFields = FieldOwnership.Takes(json, []),
        };
    }

    public static string NamespaceOf(JsonObject body, ResourceInfo resource, SimulatedRequestOptions request) =>
        !resource.Namespaced ? "" : body.Namespace() is { Length: > 0 } own ? own : request.Namespace;

    private void Save(JsonObject created, ResourceInfo resource, SimulatedRequestOptions request, string @namespace)
    {
        if (created.Metadata().Text("resourceVersion").Length > 0)
        {
            throw Statuses.Plain("resourceVersion should not be set on objects to be created");
        }

        StructuralSchema.Prune(created, resource.Schema);
        if (ApiServerResources.IsVirtual(resource))
        {
            return;
        }

        if (core.Store.Find(resource, @namespace, created.Name()) is not null)
        {
            throw Statuses.AlreadyExists(resource, created.Name());
        }

        if (!request.DryRun)
        {
            core.Store.Put(resource, created);
        }
    }
}
