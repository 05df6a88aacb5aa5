using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Admission;

/// <summary>Converts an object between versions with the user's delegate. Without a delegate only apiVersion and kind change, as in CRDs with strategy None.</summary>
internal sealed class ObjectConverter(Func<JsonObject, string, JsonObject>? convert)
{
    /// <exception cref="ApiStatusException">The delegate threw.</exception>
    public JsonObject? Convert(JsonObject? source, ObjectKind kind)
    {
        if (source is null || (source.Text("apiVersion") == kind.ApiVersion && source.Text("kind") == kind.Kind))
        {
            return source?.Clone();
        }

        JsonObject result;
        try
        {
            result = convert?.Invoke(source.Clone(), kind.ApiVersion) ?? source.Clone();
        }
        catch (Exception exception)
        {
            throw Statuses.Internal(exception.Message);
        }

        result["apiVersion"] = kind.ApiVersion;
        result["kind"] = kind.Kind;
        return result;
    }
}
