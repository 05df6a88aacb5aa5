using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing.Simulation.Admission;

/// <summary>The request of an AdmissionReview, and of match conditions, as the API server writes it (contract 4.2–4.8).</summary>
internal static class ReviewRequest
{
    /// <summary>Makes the request. The caller sets object and oldObject, in the matched kind.</summary>
    public static JsonObject Create(AdmissionAttributes attributes, ObjectKind kind, ResourceInfo resource, string uid)
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
