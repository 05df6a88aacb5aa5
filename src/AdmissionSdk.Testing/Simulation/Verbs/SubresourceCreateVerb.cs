using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>POST to eviction, binding and token. The effect on the pod makes no further review (contract 1.10).</summary>
internal sealed class SubresourceCreateVerb(ServerCore core)
{
    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(JsonObject body, ResourceInfo resource, SimulatedRequestOptions request, RequestScope scope)
    {
        var row = SubresourceTable.Get(resource, request.Subresource, "CREATE");
        // An Eviction of an older version reaches webhooks in the newest (contract section 5).
        var apiVersion = request.Subresource == "eviction" ? core.Behaviour.EvictionVersion : row.ApiVersion!;
        (body["kind"], body["apiVersion"]) = (row.Kind, apiVersion);
        var @namespace = CreateVerb.NamespaceOf(body, resource, request);
        if (core.Behaviour.SetsNamespaceFirst)
        {
            body.EnsureMetadata()["namespace"] = @namespace;
        }

        body = core.Bodies.Decode(body, resource, typed: true, WriteKind.Whole, request, scope);
        var attributes = new AdmissionAttributes
        {
            Operation = "CREATE",
            Resource = resource,
            Subresource = request.Subresource,
            Kind = ObjectKind.Of(apiVersion, row.Kind!),
            Name = request.Name.Length > 0 ? request.Name : body.Name(),
            Namespace = @namespace,
            Object = body,
            Options = RequestBodies.CreateOptions(request),
            Request = request,
            HasFreshManagedFields = FieldOwnership.Takes(body, []),
        };
        await core.MutateAsync(attributes, scope);
        if (request.Subresource == "token" && core.Behaviour.NamesTokenRequests)
        {
            FillTokenRequest(attributes.Object!, Parent(attributes));
        }

        await core.ValidateAsync(attributes, scope);
        return Apply(attributes.Object!, Parent(attributes), resource, request);
    }

    private JsonObject Parent(AdmissionAttributes attributes) =>
        core.Store.Find(attributes.Resource, attributes.Namespace, attributes.Name) ?? throw Statuses.NotFound(attributes.Resource, attributes.Name);

    // Between the phases the server looks the ServiceAccount up, and takes over what identifies it.
    private void FillTokenRequest(JsonObject body, JsonObject account)
    {
        var metadata = body.EnsureMetadata();
        foreach (var name in core.Behaviour.IdentifiesTokenRequests ? new[] { "name", "namespace", "uid" } : ["name", "namespace"])
        {
            if (metadata.Text(name).Length == 0)
            {
                metadata[name] = account.Metadata().Text(name);
            }
        }

        metadata["creationTimestamp"] = core.Now();
    }

    private VerbResult Apply(JsonObject body, JsonObject parent, ResourceInfo resource, SimulatedRequestOptions request)
    {
        switch (request.Subresource)
        {
            case "eviction":
                if (!request.DryRun)
                {
                    core.Store.Remove(resource, parent.Namespace(), parent.Name());
                }

                return new VerbResult(201, null, Statuses.Success());
            case "binding":
                var spec = parent["spec"] as JsonObject ?? [];
                spec["nodeName"] = (body["target"] as JsonObject).Text("name");
                parent["spec"] = spec.Parent is null ? spec : spec.DeepClone();
                if (!request.DryRun)
                {
                    core.Store.Put(resource, parent);
                }

                return new VerbResult(201, null, Statuses.Success());
            default:
                return new VerbResult(201, body);
        }
    }
}
