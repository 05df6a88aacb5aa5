using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Recording;

/// <summary>
/// Keeps text at listed paths and makes placeholders of all other text. The list names text to keep, because secrets can be anywhere:
/// <c>last-applied-configuration</c> and patches hold whole Secrets.
/// </summary>
internal sealed class ReviewRedactor(RecordingOptions options)
{
    private static readonly HashSet<string> RequestKept = new(StringComparer.Ordinal)
    {
        "uid", "kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource", "name", "namespace", "operation", "dryRun",
    };

    private static readonly HashSet<string> MetadataOnly = new(StringComparer.Ordinal) { "Secret", "TokenRequest", "TokenReview" };
    private static readonly KeptPaths OptionsKept = new(["/apiVersion", "/kind", "/dryRun/*", "/propagationPolicy", "/fieldValidation"]);
    private static readonly KeptPaths StatusKept = new(["/status", "/reason", "/details/kind", "/details/group", "/details/name", "/details/causes/*/reason", "/details/causes/*/field"]);
    private static readonly KeptPaths Nothing = new([]);

    private readonly KeptPaths _userKept = options.KeepUserNames ? new(["/username", "/groups/*"]) : Nothing;

    private readonly KeptPaths _objectKept = new(
    [
        "/apiVersion", "/kind", "/metadata/name", "/metadata/namespace", "/metadata/generateName", "/metadata/uid",
        "/metadata/ownerReferences/*/apiVersion", "/metadata/ownerReferences/*/kind", "/metadata/ownerReferences/*/name", "/metadata/ownerReferences/*/uid",
        .. options.KeepPaths,
    ]);

    public JsonObject RedactReview(JsonObject review)
    {
        var result = new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = review["apiVersion"]?.DeepClone() };
        var request = new JsonObject();
        foreach (var (name, value) in review["request"]!.AsObject())
        {
            request[name] = name switch
            {
                "object" or "oldObject" => value is JsonObject json ? Object(json) : null,
                "options" => Redact(value, [], OptionsKept),
                "userInfo" => Redact(value, [], _userKept),
                _ when RequestKept.Contains(name) => value?.DeepClone(),
                _ => Redact(value, [], Nothing),
            };
        }

        result["request"] = request;
        return result;
    }

    /// <param name="envelope">The AdmissionReview with the response.</param>
    /// <param name="review">The AdmissionReview with the request, which has the object that a patch changes.</param>
    public JsonObject? RedactResponse(JsonObject? envelope, JsonObject review)
    {
        if (envelope?["response"] is not JsonObject response)
        {
            return null;
        }

        var redacted = new JsonObject();
        foreach (var (name, value) in response)
        {
            redacted[name] = name switch
            {
                "uid" or "allowed" or "patchType" => value?.DeepClone(),
                "status" => Redact(value, [], StatusKept),
                "patch" => Patch(value!.GetValue<string>(), (review["request"]?["object"] ?? review["request"]?["oldObject"]) as JsonObject),
                _ => Redact(value, [], Nothing),
            };
        }

        return new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = envelope["apiVersion"]?.DeepClone(), ["response"] = redacted };
    }

    private static bool IsMetadataOnly(JsonObject? json) =>
        json?["kind"] is JsonValue kind && kind.TryGetValue<string>(out var name) && MetadataOnly.Contains(name);

    private JsonObject Object(JsonObject json)
    {
        var visible = json;
        if (IsMetadataOnly(json))
        {
            visible = [];
            foreach (var name in new[] { "kind", "apiVersion", "metadata" })
            {
                visible[name] = json[name]?.DeepClone();
            }
        }

        return Redact(visible, [], _objectKept)!.AsObject();
    }

    private JsonNode Patch(string base64, JsonObject? subject)
    {
        var metadataOnly = IsMetadataOnly(subject);
        var result = new JsonArray();
        foreach (var operation in JsonNode.Parse(Convert.FromBase64String(base64))!.AsArray().OfType<JsonObject>())
        {
            var path = operation["path"]?.GetValue<string>() ?? "";
            if ((metadataOnly && !path.StartsWith("/metadata/", StringComparison.Ordinal))
                || path.StartsWith("/metadata/managedFields", StringComparison.Ordinal))
            {
                continue;
            }

            var redacted = operation.DeepClone().AsObject();
            if (operation.TryGetPropertyValue("value", out var value))
            {
                redacted["value"] = Redact(value, path.Length == 0 ? [] : KeptPaths.Split(path), _objectKept);
            }

            result.Add((JsonNode)redacted);
        }

        return Convert.ToBase64String(Encoding.UTF8.GetBytes(result.ToJsonString()));
    }

    private static JsonNode? Redact(JsonNode? node, IReadOnlyList<string> path, KeptPaths kept)
    {
        switch (node)
        {
            case JsonObject members:
                var result = new JsonObject();
                foreach (var (name, value) in members)
                {
                    // Member names of managedFields can contain text of the object.
                    if (path is ["metadata"] && name == "managedFields")
                    {
                        continue;
                    }

                    result[name] = Redact(value, [.. path, name], kept);
                }

                return result;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Redact(item, [.. path, "*"], kept))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && !kept.Contains(path):
                return Placeholder.For(text);
            default:
                return node?.DeepClone();
        }
    }
}
