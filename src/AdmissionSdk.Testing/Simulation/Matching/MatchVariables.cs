using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Cel;
using AdmissionSdk.Testing.Simulation.Admission;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>The variables of match conditions: objects in the matched kind, and the request with the original resource (contract 3.1, 3.2).</summary>
internal sealed class MatchVariables(ObjectConverter converter, Func<SimulatedRequestOptions, CelAuthorizationCheck, CelAuthorizationDecision>? authorize)
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 10_100 };

    public CelInputs Create(Match match, AdmissionAttributes attributes)
    {
        var request = ReviewRequest.Create(attributes, match.Kind, attributes.Resource, "");
        request.Remove("uid");
        request.Remove("object");
        request.Remove("oldObject");
        return new CelInputs
        {
            Object = ToElement(converter.Convert(attributes.Object, match.Kind)),
            OldObject = ToElement(converter.Convert(attributes.OldObject, match.Kind)),
            Request = ToElement(request),
            Authorizer = authorize is null ? null : new Authorizer(authorize, attributes.Request),
        };
    }

    // Text, since a node of a value of .NET does not tell 1.0 from 1.
    private static JsonElement? ToElement(JsonObject? json) => json is null ? null : JsonElement.Parse(json.ToJsonString(Deep), new JsonDocumentOptions { MaxDepth = Deep.MaxDepth });

    private sealed class Authorizer(Func<SimulatedRequestOptions, CelAuthorizationCheck, CelAuthorizationDecision> authorize, SimulatedRequestOptions request) : ICelAuthorizer
    {
        public CelAuthorizationDecision Authorize(CelAuthorizationCheck check, CancellationToken cancellationToken) => authorize(request.Copy(), check);
    }
}
