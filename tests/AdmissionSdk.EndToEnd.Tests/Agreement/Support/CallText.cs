using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>One call of a webhook as text: a line of summary, and indented lines of the review's content.</summary>
internal static class CallText
{
    public const string Indent = "    ";

    public static string Describe(ScenarioWebhook webhook, ScenarioCall call, WebhookRequest sent, bool bytes)
    {
        var lines = new List<string> { Summary(webhook, call, sent) };
        foreach (var name in new[] { "object", "oldObject", "options" })
        {
            if (call.Request[name] is JsonObject content)
            {
                lines.Add($"{name} {TranscriptJson.Text(content, spec: false)}");
            }
        }

        // The administrator's name is the cluster's own business.
        if (call.Request["userInfo"] is JsonObject user && Text(user, "username").StartsWith(Impersonation.Prefix, StringComparison.Ordinal))
        {
            lines.Add($"userInfo {TranscriptJson.Text(user)}");
        }

        if (bytes)
        {
            lines.Add($"POST {sent.Path}");
            lines.AddRange(sent.Headers.Select(header => $"{header.Key}: {header.Value}"));
            lines.Add(TranscriptJson.Bytes(sent.Body));
        }

        return string.Join($"\n{Indent}", lines);
    }

    private static string Summary(ScenarioWebhook webhook, ScenarioCall call, WebhookRequest sent)
    {
        var request = call.Request;
        var parts = new List<string>
        {
            webhook.Name,
            call.ApiVersion.Split('/')[1],
            Text(request, "operation"),
            Resource(request, "resource", "subResource"),
            Kind(request, "kind"),
        };
        if (Kind(request, "requestKind") != Kind(request, "kind") || Resource(request, "requestResource", "requestSubResource") != Resource(request, "resource", "subResource"))
        {
            parts.Add($"requested as {Resource(request, "requestResource", "requestSubResource")} {Kind(request, "requestKind")}");
        }

        parts.Add($"name={Text(request, "name")} namespace={Text(request, "namespace")}");
        parts.Add($"object={Content(request["object"])} oldObject={Content(request["oldObject"])} options={Content(request["options"])}");
        if (request["dryRun"]!.GetValue<bool>())
        {
            parts.Add("dryRun");
        }

        parts.Add(sent.Path[sent.Path.IndexOf('?', StringComparison.Ordinal)..]);
        return string.Join(' ', parts);
    }

    private static string Content(JsonNode? node) =>
        node is JsonObject json ? $"{Text(json, "kind")}{(json["metadata"]?["uid"] is null ? "" : "+uid")}" : "null";

    private static string Kind(JsonObject request, string name) =>
        request[name] is JsonObject kind ? $"{Text(kind, "group")}/{Text(kind, "version")}.{Text(kind, "kind")}" : "-";

    private static string Resource(JsonObject request, string name, string subName) =>
        request[name] is JsonObject resource ? $"{Text(resource, "resource")}.{Text(resource, "version")}.{Text(resource, "group")}/{Text(request, subName)}" : "-";

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? "";
}
