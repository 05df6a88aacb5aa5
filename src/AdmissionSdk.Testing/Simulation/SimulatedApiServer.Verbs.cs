using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Patching;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;
using AdmissionSdk.Testing.Simulation.Verbs;
using k8s;

namespace AdmissionSdk.Testing.Simulation;

/// <content>The requests. A refusal is a response, never an exception.</content>
public sealed partial class SimulatedApiServer
{
    /// <summary>POSTs an object, also to a subresource (eviction, binding, token).</summary>
    /// <param name="jsonOrYaml">The object.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> CreateAsync(string jsonOrYaml, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        CreateOwnedAsync(TestObjectReader.Read(jsonOrYaml), request, cancellationToken);

    /// <summary>POSTs an object, also to a subresource.</summary>
    /// <param name="json">The object, which is not changed.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> CreateAsync(JsonObject json, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        CreateOwnedAsync(json.Clone(), request, cancellationToken);

    /// <summary>POSTs an object, also to a subresource.</summary>
    /// <param name="model">The object, which is not changed.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> CreateAsync(IKubernetesObject model, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        CreateOwnedAsync(TestObjectReader.FromModel(model), request, cancellationToken);

    /// <summary>PUTs an object or a subresource. An absent object of some kinds is created, as in Kubernetes.</summary>
    /// <param name="jsonOrYaml">The whole object. Without a resourceVersion the PUT overwrites, which custom resources do not allow.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> UpdateAsync(string jsonOrYaml, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        UpdateOwnedAsync(TestObjectReader.Read(jsonOrYaml), request, cancellationToken);

    /// <summary>PUTs an object or a subresource.</summary>
    /// <param name="json">The whole object, which is not changed.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> UpdateAsync(JsonObject json, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        UpdateOwnedAsync(json.Clone(), request, cancellationToken);

    /// <summary>PUTs an object or a subresource.</summary>
    /// <param name="model">The whole object, which is not changed.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> UpdateAsync(IKubernetesObject model, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        UpdateOwnedAsync(TestObjectReader.FromModel(model), request, cancellationToken);

    /// <summary>PATCHes an object: with a JSON patch if the text is a list, with a merge patch if the text is an object.</summary>
    /// <param name="resource">The resource, such as <c>pods</c> or <c>deployments.apps</c>.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="patch">The patch, as JSON or (merge patch only) YAML.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> PatchAsync(string resource, string name, string patch, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default)
    {
        var options = Snapshot(request);
        var info = _core.Catalog.ByName(resource);
        return RunAsync(Limit(options), scope =>
            new UpdateVerb(_core).RunAsync(info, NamespaceOf(info, options), name, WriteKind.Patch, stored => Patch(stored, patch), options, scope), cancellationToken);
    }

    /// <summary>Server-side apply: creates the object, or merges the fields into the stored object. Field ownership is not modelled.</summary>
    /// <param name="jsonOrYaml">The applied fields.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> ApplyAsync(string jsonOrYaml, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        ApplyOwnedAsync(TestObjectReader.Read(jsonOrYaml), request, cancellationToken);

    /// <summary>Server-side apply: creates the object, or merges the fields into the stored object.</summary>
    /// <param name="json">The applied fields, which are not changed.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> ApplyAsync(JsonObject json, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        ApplyOwnedAsync(json.Clone(), request, cancellationToken);

    /// <summary>Server-side apply: creates the object, or merges the fields into the stored object.</summary>
    /// <param name="model">The applied fields, which are not changed.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The object, or the Status.</returns>
    public Task<SimulatedResponse> ApplyAsync(IKubernetesObject model, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default) =>
        ApplyOwnedAsync(TestObjectReader.FromModel(model), request, cancellationToken);

    /// <summary>DELETEs an object. An object with finalizers or a grace period stays with a deletionTimestamp.</summary>
    /// <param name="resource">The resource, such as <c>pods</c> or <c>deployments.apps</c>.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>A Status, or the object that stays.</returns>
    public Task<SimulatedResponse> DeleteAsync(string resource, string name, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default)
    {
        var options = Snapshot(request);
        var info = _core.Catalog.ByName(resource);
        return RunAsync(Limit(options), scope => new DeleteVerb(_core).RunAsync(info, NamespaceOf(info, options), name, options, scope), cancellationToken);
    }

    /// <summary>DELETEs all objects of a namespace, or only objects with the labels of the request. Each item is a review without a name.</summary>
    /// <param name="resource">The resource, such as <c>pods</c> or <c>deployments.apps</c>.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The list of what was deleted, or the Status.</returns>
    public Task<SimulatedResponse> DeleteCollectionAsync(string resource, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default)
    {
        var options = Snapshot(request);
        var info = _core.Catalog.ByName(resource);
        return RunAsync(RequestLimit.OfCollection(options, _core.Behaviour), scope => new DeleteVerb(_core).RunCollectionAsync(info, NamespaceOf(info, options), options, scope), cancellationToken);
    }

    /// <summary>Connects to a subresource: exec, attach, portforward, proxy. The webhooks' own timeouts are the only deadline.</summary>
    /// <param name="resource">The resource: <c>pods</c>, <c>services</c> or <c>nodes</c>.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="subresource">The subresource: exec, attach, portforward or proxy.</param>
    /// <param name="connectOptions">The options, such as <c>{"command":["ls"]}</c>; apiVersion and kind are filled in. Null for no options.</param>
    /// <param name="request">The options of the request. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request as a disconnect of the user would.</param>
    /// <returns>The options of the connection, or the Status.</returns>
    public Task<SimulatedResponse> ConnectAsync(string resource, string name, string subresource, JsonObject? connectOptions = null, SimulatedRequestOptions? request = null, CancellationToken cancellationToken = default)
    {
        var options = Snapshot(request);
        options.Subresource = subresource;
        var info = _core.Catalog.ByName(resource);
        return RunAsync(RequestLimit.None, scope => new ConnectVerb(_core).RunAsync(info, name, connectOptions?.Clone() ?? [], options, scope), cancellationToken);
    }

    private Task<SimulatedResponse> CreateOwnedAsync(JsonObject body, SimulatedRequestOptions? request, CancellationToken cancellationToken)
    {
        var options = Snapshot(request);
        var info = Resource(body, options);
        return RunAsync(Limit(options), scope => options.Subresource.Length == 0
            ? new CreateVerb(_core).RunAsync(body, info, WriteKind.Whole, options, scope)
            : new SubresourceCreateVerb(_core).RunAsync(body, info, options, scope), cancellationToken);
    }

    private Task<SimulatedResponse> UpdateOwnedAsync(JsonObject body, SimulatedRequestOptions? request, CancellationToken cancellationToken)
    {
        var options = Snapshot(request);
        var info = Resource(body, options);
        var @namespace = CreateVerb.NamespaceOf(body, info, options);
        var creates = info.CreatesOnUpdate && options.Subresource.Length == 0 && _core.Store.Find(info, @namespace, body.Name()) is null;
        return RunAsync(Limit(options), scope => creates
            ? new CreateVerb(_core).RunAsync(body, info, WriteKind.Whole, options, scope)
            : new UpdateVerb(_core).RunAsync(info, @namespace, body.Name(), WriteKind.Whole, _ => body.Clone(), options, scope), cancellationToken);
    }

    private Task<SimulatedResponse> ApplyOwnedAsync(JsonObject body, SimulatedRequestOptions? request, CancellationToken cancellationToken)
    {
        var options = Snapshot(request);
        var info = Resource(body, options);
        var @namespace = CreateVerb.NamespaceOf(body, info, options);
        return RunAsync(Limit(options), scope => _core.Store.Find(info, @namespace, body.Name()) is null
            ? new CreateVerb(_core).RunAsync(body, info, WriteKind.Apply, options, scope)
            : new UpdateVerb(_core).RunAsync(info, @namespace, body.Name(), WriteKind.Apply, stored => MergePatch.Apply(stored, Applied(body, info, options, scope)), options, scope), cancellationToken);
    }

    private SimulatedRequestOptions Snapshot(SimulatedRequestOptions? request)
    {
        var copy = request?.Copy() ?? new SimulatedRequestOptions();
        if (!_core.Behaviour.KnowsFieldValidation)
        {
            copy.FieldValidation = "";
        }

        return copy;
    }

    private JsonObject Applied(JsonObject body, ResourceInfo resource, SimulatedRequestOptions request, RequestScope scope) =>
        _core.Bodies.Decode(body.Clone(), resource, resource.Typed, WriteKind.Apply, request, scope);

    private static async Task<SimulatedResponse> RunAsync(RequestLimit limit, Func<RequestScope, Task<VerbResult>> verb, CancellationToken cancellationToken)
    {
        var scope = new RequestScope(limit, cancellationToken);
        try
        {
            var result = await verb(scope);
            return new SimulatedResponse(result.Code, result.Object, result.Status, scope);
        }
        catch (ApiStatusException end)
        {
            return new SimulatedResponse((int)end.Status.Number("code")!.Value, null, end.Status, scope);
        }
    }

    private static JsonObject Patch(JsonObject stored, string patch)
    {
        if (!patch.AsSpan().TrimStart().StartsWith("["))
        {
            return MergePatch.Apply(stored, TestObjectReader.Read(patch));
        }

        try
        {
            return TestObjectReader.Parse(JsonPatchV4.Decode(System.Text.Encoding.UTF8.GetBytes(patch)).Apply(GoJson.Write(stored)));
        }
        catch (PatchFailedException)
        {
            // The API server does not say what is wrong with the patch.
            throw Statuses.Failure(422, "Invalid", "the server rejected our request due to an error in our request", []);
        }
        catch (FormatException exception)
        {
            throw Statuses.BadRequest($"error decoding patch: {exception.Message}");
        }
    }

    private ResourceInfo Resource(JsonObject body, SimulatedRequestOptions request)
    {
        if (request.Resource.Length > 0)
        {
            return _core.Catalog.ByName(request.Resource);
        }

        return request.Subresource switch
        {
            "eviction" or "binding" => _core.Catalog.ByName("pods"),
            "token" => _core.Catalog.ByName("serviceaccounts"),
            "scale" => throw new ArgumentException("A Scale does not name the resource to scale: set SimulatedRequestOptions.Resource, such as \"deployments.apps\".", nameof(request)),
            _ => _core.Catalog.ByKind(body.Text("apiVersion"), body.Text("kind")),
        };
    }

    private static string NamespaceOf(ResourceInfo resource, SimulatedRequestOptions request) => resource.Namespaced ? request.Namespace : "";

    private RequestLimit Limit(SimulatedRequestOptions request) => RequestLimit.OfWrite(request, _core.Options, _core.Behaviour);
}
