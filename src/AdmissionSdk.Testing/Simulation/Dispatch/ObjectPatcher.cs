using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Patching;
using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>Applies a webhook's patch: convert, patch, decode, compare, default, convert back (contract 12, 13.1–13.4, 14.4).</summary>
internal sealed class ObjectPatcher(SimulatedApiServerOptions options, ObjectConverter converter, PatchedKind patchedKind, Action<JsonObject, AdmissionAttributes> setDefaults)
{
    /// <exception cref="CallFailedException">The patch is not a JSON array of objects.</exception>
    /// <exception cref="ApiStatusException">The same, on a server whose failurePolicy does not cover such a patch.</exception>
    public static JsonPatchV4 Decode(byte[] patch, ServerBehaviour behaviour)
    {
        try
        {
            return JsonPatchV4.Decode(patch);
        }
        catch (FormatException exception)
        {
            throw behaviour.UndecodablePatchFailsCall
                ? new CallFailedException($"received undecodable patch in webhook response: {exception.Message}")
                : Statuses.Internal(exception.Message);
        }
    }

    /// <exception cref="ApiStatusException">The patch does not apply, or its result does not decode: 500, also under Ignore.</exception>
    public (JsonObject Object, bool Changed) Apply(JsonPatchV4 patch, AdmissionAttributes attributes, ObjectKind kind)
    {
        var before = converter.Convert(attributes.Object, kind)!;
        var after = Decode(Patch(patch, before), attributes, kind);
        // The API server has just put the time into managedFields, in nanoseconds. A Go struct that was JSON in between has lost the
        // fraction, which is a change. The object of a custom resource holds text all along.
        var losesTime = attributes.Typed && attributes.HasFreshManagedFields;
        attributes.HasFreshManagedFields = false;
        var changed = losesTime || !SemanticEquality.AreEqual(before, after, attributes.Typed);
        var result = converter.Convert(after, attributes.Kind)!;
        setDefaults(result, attributes);
        return (result, changed);
    }

    private JsonNode? Patch(JsonPatchV4 patch, JsonObject before)
    {
        try
        {
            return GoJsonReader.Parse(Encoding.UTF8.GetBytes(patch.Apply(GoJson.Write(before), options.PatchCopyLimit)));
        }
        catch (PatchFailedException exception)
        {
            throw Statuses.Internal(exception.Message);
        }
    }

    private JsonObject Decode(JsonNode? patched, AdmissionAttributes attributes, ObjectKind kind)
    {
        if (patched is not JsonObject result)
        {
            throw Statuses.Internal("couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string; Kind string }");
        }

        if (!attributes.Typed && result.Text("kind").Length == 0)
        {
            throw Statuses.Internal($"Object 'Kind' is missing in '{GoJson.Write(result)}'");
        }

        patchedKind.Check(result, attributes, kind);
        try
        {
            return attributes.Typed ? options.Decode?.Invoke(result) ?? result : result;
        }
        catch (Exception exception)
        {
            throw Statuses.Internal(exception.Message);
        }
    }
}
