using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Matching;

namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>Writes the AdmissionReview exactly as the API server does (contract 4.1–4.9).</summary>
internal sealed class SimulatedReviewWriter(ObjectConverter converter)
{
    public string Write(string version, Match match, AdmissionAttributes attributes, string uid)
    {
        var request = ReviewRequest.Create(attributes, match.Kind, match.Resource!, uid);
        request["object"] = ObjectOrder.Arrange(converter.Convert(attributes.Object, match.Kind), attributes.Typed);
        request["oldObject"] = ObjectOrder.Arrange(converter.Convert(attributes.OldObject, match.Kind), attributes.Typed);
        return GoJson.Write(new JsonObject
        {
            ["kind"] = "AdmissionReview",
            ["apiVersion"] = $"admission.k8s.io/{version}",
            ["request"] = request,
        }) + "\n";
    }
}
