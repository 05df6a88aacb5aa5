using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The verb of exec, attach, portforward and proxy. A patch changes the options that are then used (contract 5.2).</summary>
internal sealed class ConnectVerb(ServerCore core)
{
    /// <exception cref="ApiStatusException">The request is refused.</exception>
    public async Task<VerbResult> RunAsync(ResourceInfo resource, string name, JsonObject options, SimulatedRequestOptions request, RequestScope scope)
    {
        var row = SubresourceTable.Get(resource, request.Subresource, "CONNECT");
        if (request.DryRun)
        {
            throw Statuses.BadRequest("dryRun is not supported");
        }

        (options["kind"], options["apiVersion"]) = (row.Kind, row.ApiVersion);
        var attributes = new AdmissionAttributes
        {
            Operation = "CONNECT",
            Resource = resource,
            Subresource = request.Subresource,
            Kind = ObjectKind.Of(row.ApiVersion!, row.Kind!),
            Name = name,
            Namespace = resource.Namespaced ? request.Namespace : "",
            Object = options,
            Request = request,
        };
        await core.MutateAsync(attributes, scope);
        await core.ValidateAsync(attributes, scope);
        return new VerbResult(200, attributes.Object);
    }
}
