using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Admission;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>The names a match condition may use (contract 3.1, 3.2).</summary>
internal static class MatchVariables
{
    public static JsonObject Create(Match match, AdmissionAttributes attributes, ObjectConverter converter)
    {
        var request = ReviewRequest.Create(attributes, match.Kind, attributes.Resource, "");
        request.Remove("uid");
        request.Remove("object");
        request.Remove("oldObject");
        return new JsonObject
        {
            ["object"] = converter.Convert(attributes.Object, match.Kind),
            ["oldObject"] = converter.Convert(attributes.OldObject, match.Kind),
            ["request"] = request,
            ["namespaceObject"] = null,
        };
    }
}
