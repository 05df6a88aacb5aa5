using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Json;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Resources;

namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>Writes the AdmissionReview exactly as the API server does (contract 4.1–4.9).</summary>
internal static class SimulatedReviewWriter
{
    public static string Write(string version, JsonObject request) =>
        GoJson.Write(new JsonObject
        {
            ["kind"] = "AdmissionReview",
            ["apiVersion"] = $"admission.k8s.io/{version}",
            ["request"] = request,
        }) + "\n";

    /// <summary>The request; the caller sets object and oldObject in the matched kind.</summary>
    public static JsonObject Request(AdmissionAttributes attributes, ObjectKind kind, ResourceInfo resource, string uid)
    {
        var original = attributes.Resource;
        var request = new JsonObject
        {
            ["uid"] = uid,
            ["kind"] = Kind(kind),
            ["resource"] = Resource(resource),
        };
        AddText(request, "subResource", attributes.Subresource);
        request["requestKind"] = Kind(attributes.Kind);
        request["requestResource"] = Resource(original);
        AddText(request, "requestSubResource", attributes.Subresource);
        AddText(request, "name", attributes.Name);
        AddText(request, "namespace", attributes.Namespace);
        request["operation"] = attributes.Operation;
        request["userInfo"] = UserInfo(attributes.Request);
        request["object"] = null;
        request["oldObject"] = null;
        request["dryRun"] = attributes.DryRun;
        request["options"] = attributes.Options?.Clone();
        return request;
    }

    private static JsonObject Kind(ObjectKind kind) => new() { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind };

    private static JsonObject Resource(ResourceInfo resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Plural };

    private static JsonObject UserInfo(SimulatedRequestOptions request)
    {
        var user = new JsonObject();
        AddText(user, "username", request.User);
        AddText(user, "uid", request.UserUid);
        if (request.Groups.Count > 0)
        {
            user["groups"] = Texts(request.Groups);
        }

        if (request.Extra.Count > 0)
        {
            user["extra"] = new JsonObject(request.Extra.Select(extra => KeyValuePair.Create(extra.Key, (JsonNode?)Texts(extra.Value))));
        }

        return user;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static void AddText(JsonObject json, string name, string value)
    {
        if (value.Length > 0)
        {
            json[name] = value;
        }
    }
}
