using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>The members of a review's request, in the API server's order of writing, and the members that may be absent (contract 4.2).</summary>
internal static class RequestMembers
{
    private static readonly string[] Order =
    [
        "uid", "kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource",
        "name", "namespace", "operation", "userInfo", "object", "oldObject", "dryRun", "options",
    ];

    /// <summary>The members that a reader must take as null or missing: all but uid, kind, resource, operation and the object.</summary>
    public static IReadOnlyList<string> Optional { get; } =
    [
        "subResource", "requestKind", "requestResource", "requestSubResource", "name", "namespace", "userInfo", "oldObject", "dryRun", "options",
    ];

    /// <summary>Copies the request with the known members in order, followed by unknown members.</summary>
    public static JsonObject Sort(JsonObject request)
    {
        var sorted = new JsonObject();
        foreach (var name in Order.Where(request.ContainsKey).Concat(request.Select(member => member.Key).Except(Order, StringComparer.Ordinal)))
        {
            sorted[name] = request[name]?.DeepClone();
        }

        return sorted;
    }

    /// <summary>Sets a text member, or removes it when empty.</summary>
    public static void SetText(this JsonObject json, string name, string? value)
    {
        json.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            json[name] = value;
        }
    }

    /// <summary>Reads a text member of a node that may be an object; empty if the member is absent.</summary>
    public static string TextOf(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static JsonObject ToJson(GroupVersionKind kind) => new()
    {
        ["group"] = kind.Group,
        ["version"] = kind.Version,
        ["kind"] = kind.Kind,
    };

    public static JsonObject ToJson(GroupVersionResource resource) => new()
    {
        ["group"] = resource.Group,
        ["version"] = resource.Version,
        ["resource"] = resource.Resource,
    };

    /// <summary>Writes a user, without empty members (contract 4.7).</summary>
    public static JsonObject ToJson(UserInfo user)
    {
        var json = new JsonObject();
        json.SetText("username", user.Username);
        json.SetText("uid", user.Uid);
        if (user.Groups.Count > 0)
        {
            json["groups"] = Texts(user.Groups);
        }

        if (user.Extra.Count > 0)
        {
            json["extra"] = new JsonObject(user.Extra.Select(extra => KeyValuePair.Create(extra.Key, (JsonNode?)Texts(extra.Value))));
        }

        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
