using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Results;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>
/// Checks a patch that changes apiVersion or kind (contract 13.1): the request ends, save for another version of the same
/// resource. The API server finds most such changes at the end of the mutating phase; the simulator finds them at once.
/// </summary>
internal sealed class PatchedKind(ResourceCatalog catalog)
{
    /// <param name="patched">The object after the patch; a built-in kind's missing apiVersion and kind are filled in.</param>
    /// <param name="attributes">The request.</param>
    /// <param name="kind">The kind that the webhook got.</param>
    /// <exception cref="ApiStatusException">The object has another kind now.</exception>
    public void Check(JsonObject patched, AdmissionAttributes attributes, ObjectKind kind)
    {
        var (apiVersion, name) = (patched.Text("apiVersion"), patched.Text("kind"));
        if (attributes.Typed)
        {
            apiVersion = apiVersion.Length == 0 ? kind.ApiVersion : apiVersion;
            name = name.Length == 0 ? kind.Kind : name;
            (patched["apiVersion"], patched["kind"]) = (apiVersion, name);
        }

        if (apiVersion == kind.ApiVersion && name == kind.Kind)
        {
            return;
        }

        if (attributes.Typed)
        {
            CheckTyped(apiVersion, name, attributes);
        }
        else
        {
            CheckCustom(apiVersion, name, attributes.Resource, patched);
        }
    }

    private void CheckTyped(string apiVersion, string name, AdmissionAttributes attributes)
    {
        if (catalog.FindKind(apiVersion, name) is not { Typed: true } other)
        {
            throw Statuses.Internal($"no kind \"{name}\" is registered for version \"{apiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        }

        if (other.EquivalenceKey != attributes.Resource.EquivalenceKey || attributes.Kind.Kind != attributes.Resource.Kind)
        {
            var package = attributes.Kind.Group.Length == 0 ? "core" : attributes.Kind.Group.Split('.')[0];
            throw Statuses.Plain($"converting ({other.Version}.{name}) to ({package}.{attributes.Kind.Kind}): unknown conversion");
        }
    }

    private void CheckCustom(string apiVersion, string name, ResourceInfo resource, JsonObject patched)
    {
        var (group, version) = ResourceCatalog.SplitApiVersion(apiVersion);
        if (group != resource.Group)
        {
            throw Statuses.Plain($"{group}/{version}, Kind={name} is unstructured and is not suitable for converting to \"{resource.ApiVersion}\"");
        }

        if (!catalog.Equivalents(resource).Any(version => version.ApiVersion == apiVersion))
        {
            throw Statuses.Plain($"request to convert CR from an invalid group/version: {apiVersion}");
        }

        if (name != resource.Kind)
        {
            // The message names the kind that the object claims.
            throw Statuses.Invalid(resource with { Kind = name }, patched.Name(), [new V1StatusCause { Field = "kind", Reason = "FieldValueInvalid", Message = $"Invalid value: \"{name}\": must be {resource.Kind}" }]);
        }
    }
}
