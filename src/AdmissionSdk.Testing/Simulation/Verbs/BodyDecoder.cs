using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>
/// Reads the object of a user's request before the webhooks. In a custom resource, unknown fields go, and so do nulls that the schema does
/// not allow; <c>fieldValidation</c> decides on a warning or an error. A built-in kind is the caller's <c>Decode</c>.
/// </summary>
internal sealed class BodyDecoder(SimulatedApiServerOptions options, ServerBehaviour behaviour)
{
    /// <exception cref="ApiStatusException">The body is not an object of the kind, or has unknown fields under Strict.</exception>
    public JsonObject Decode(JsonObject body, ResourceInfo resource, bool typed, WriteKind write, SimulatedRequestOptions request, RequestScope scope)
    {
        if (typed)
        {
            return DecodeTyped(body, write);
        }

        var unknown = CustomMetadata.Coerce(body);
        unknown.AddRange(StructuralSchema.Prune(body, resource.Schema));
        StructuralSchema.PruneNulls(body, resource.Schema);
        if (unknown.Count > 0)
        {
            Report(unknown, body, write, request, scope);
        }

        return body;
    }

    private JsonObject DecodeTyped(JsonObject body, WriteKind write)
    {
        try
        {
            return options.Decode?.Invoke(body) ?? body;
        }
        catch (Exception exception)
        {
            throw write == WriteKind.Patch ? InvalidPatch(body, exception.Message) : Unhandled(body, exception.Message);
        }
    }

    private void Report(List<string> unknown, JsonObject body, WriteKind write, SimulatedRequestOptions request, RequestScope scope)
    {
        if (write == WriteKind.Apply)
        {
            // Apply cannot merge unknown fields, and so refuses unknown fields under every fieldValidation.
            var (group, version) = ResourceCatalog.SplitApiVersion(body.Text("apiVersion"));
            var errors = unknown.ConvertAll(path => $".{path}: field not declared in schema");
            var place = behaviour.NamesAppliedObject ? $" ({body.Namespace()}/{body.Name()}; {group}/{version}, Kind={body.Text("kind")})" : "";
            throw Statuses.Plain($"failed to create typed patch object{place}: "
                + (errors.Count == 1 ? errors[0] : $"errors:\n{string.Join('\n', errors.Select(error => $"  {error}"))}"));
        }

        if (!behaviour.KnowsFieldValidation)
        {
            return;
        }

        var texts = unknown.ConvertAll(path => $"unknown field \"{path}\"");
        switch (request.FieldValidation)
        {
            case "" or "Warn":
                texts.ForEach(scope.Warnings.Add);
                break;
            case "Strict":
                var message = $"strict decoding error: {string.Join(", ", texts)}";
                throw write == WriteKind.Patch ? InvalidPatch(body, message) : Unhandled(body, message);
        }
    }

    private static ApiStatusException Unhandled(JsonObject body, string message)
    {
        var (_, version) = ResourceCatalog.SplitApiVersion(body.Text("apiVersion"));
        return Statuses.BadRequest($"{body.Text("kind")} in version \"{version}\" cannot be handled as a {body.Text("kind")}: {message}");
    }

    private static ApiStatusException InvalidPatch(JsonObject body, string message) =>
        Statuses.Invalid("", "", "", [new V1StatusCause { Field = "patch", Reason = "FieldValueInvalid", Message = $"Invalid value: {GoText.Quote(GoJson.Write(body))}: {message}" }]);
}
