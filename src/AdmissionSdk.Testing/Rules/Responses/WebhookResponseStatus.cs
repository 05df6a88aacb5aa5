using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Responses;

/// <summary>Reads the status of a response: the members that the API server knows, in the server's order and with the right type (contract 9.4).</summary>
internal static class WebhookResponseStatus
{
    private const string Path = "Status.response.status";
    private static readonly string[] ListMeta = ["selfLink", "resourceVersion", "continue"];

    /// <exception cref="FormatException">A member has the wrong type.</exception>
    public static JsonObject? Read(JsonObject response)
    {
        if (WebhookResponseFields.Object(response, "status", Path) is not { } source)
        {
            return null;
        }

        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1" };
        var metadata = new JsonObject();
        CopyTexts(WebhookResponseFields.Object(source, "metadata", $"{Path}.metadata") ?? [], metadata, ListMeta, $"{Path}.metadata");
        status["metadata"] = metadata;
        CopyTexts(source, status, ["status", "message", "reason"], Path);
        if (WebhookResponseFields.Object(source, "details", $"{Path}.details") is { } details)
        {
            status["details"] = Details(details, $"{Path}.details");
        }

        status["code"] = WebhookResponseFields.Integer(source, "code", $"{Path}.code");
        return status;
    }

    private static JsonObject Details(JsonObject source, string path)
    {
        var details = new JsonObject();
        CopyTexts(source, details, ["name", "group", "kind", "uid"], path);
        var causes = WebhookResponseFields.Objects(source, "causes", $"{path}.causes");
        if (causes.Count > 0)
        {
            details["causes"] = new JsonArray([.. causes.Select(cause => (JsonNode)Cause(cause, $"{path}.causes"))]);
        }

        if (WebhookResponseFields.Integer(source, "retryAfterSeconds", $"{path}.retryAfterSeconds") is not 0 and var seconds)
        {
            details["retryAfterSeconds"] = seconds;
        }

        return details;
    }

    private static JsonObject Cause(JsonObject source, string path)
    {
        var cause = new JsonObject();
        CopyTexts(source, cause, ["reason", "message", "field"], path);
        return cause;
    }

    private static void CopyTexts(JsonObject source, JsonObject target, string[] names, string path)
    {
        foreach (var name in names)
        {
            if (WebhookResponseFields.Text(source, name, $"{path}.{name}") is { Length: > 0 } text)
            {
                target[name] = text;
            }
        }
    }
}
