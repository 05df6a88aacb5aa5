using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>The members of a review's request in the order in which the API server writes them, and which of them are there when empty (contract 4.2).</summary>
internal static class RequestMembers
{
    private static readonly string[] Order =
    [
        "uid", "kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource",
        "name", "namespace", "operation", "userInfo", "object", "oldObject", "dryRun", "options",
    ];

    /// <summary>Those that a reader must take as null or missing: everything but uid, kind, resource, operation and the object itself.</summary>
    public static IReadOnlyList<string> Optional { get; } =
    [
        "subResource", "requestKind", "requestResource", "requestSubResource", "name", "namespace", "userInfo", "oldObject", "dryRun", "options",
    ];

    /// <summary>A copy with the known members in order; unknown ones follow.</summary>
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

    /// <summary>A text member of what may be an object; empty when it is not there.</summary>
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

    /// <summary>Empty members are left out (contract 4.7).</summary>
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
