using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>The webhooks of one run of a scenario, behind whatever transport; it notes every call.</summary>
internal sealed class ScenarioApp(Scenario scenario)
{
    private readonly Lock _gate = new();
    private readonly List<(ScenarioHook Hook, string Text, string Uid)> _calls = [];

    public ScenarioHook? Find(string path) => scenario.Hooks.FirstOrDefault(hook => hook.Name == path.Trim('/'));

    /// <summary>Answers the call. What the API server writes by itself, such as its leases, is allowed and not noted.</summary>
    public Reply Answer(ScenarioHook hook, string body)
    {
        var review = JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!.AsObject();
        if ((string?)review["request"]!["userInfo"]!["username"] == "system:apiserver")
        {
            return Reply.Allow(new HookCall(review, 0));
        }
        lock (_gate)
        {
            var call = new HookCall(review, _calls.Count(other => other.Hook == hook) + 1);
            _calls.Add((hook, Describe(hook, call), call.Uid));
            return hook.Answer(call);
        }
    }

    /// <summary>The calls since the last time: mutating ones in order, validating ones, which run at once, by name.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        lock (_gate)
        {
            var texts = new List<string>();
            var uids = new HashSet<string>();
            // A call with a uid seen before is a transport retry (8.4).
            var noted = _calls.Select(call => (call.Hook, Text: call.Text + (uids.Add(call.Uid) ? "" : " (retry)"))).ToList();
            texts.AddRange(noted.Where(call => call.Hook.Mutating).Select(call => call.Text));
            texts.AddRange(noted.Where(call => !call.Hook.Mutating).Select(call => call.Text).Order(StringComparer.Ordinal));
            _calls.Clear();
            return texts;
        }
    }

    private static string Describe(ScenarioHook hook, HookCall call)
    {
        var request = call.Request;
        var parts = new List<string>
        {
            hook.Name,
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
        return string.Join(' ', parts);
    }

    private static string Content(JsonNode? node)
        => node is JsonObject json ? $"{Text(json, "kind")}{(json["metadata"]?["uid"] is null ? "" : "+uid")}" : "null";

    private static string Kind(JsonObject request, string name)
        => request[name] is JsonObject kind ? $"{Text(kind, "group")}/{Text(kind, "version")}.{Text(kind, "kind")}" : "-";

    private static string Resource(JsonObject request, string name, string subName)
        => request[name] is JsonObject resource ? $"{Text(resource, "resource")}.{Text(resource, "version")}.{Text(resource, "group")}/{Text(request, subName)}" : "-";

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? "";
}
