using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The webhooks of one run of a scenario, behind any transport; every call is noted.</summary>
internal sealed class ScenarioApp(Scenario scenario)
{
    private readonly Lock _gate = new();
    private readonly List<(ScenarioWebhook Webhook, string Text, string Uid)> _calls = [];

    public ScenarioWebhook? Find(string path) => scenario.Webhooks.FirstOrDefault(webhook => webhook.Name == path.Trim('/'));

    /// <summary>Makes the response to a call. Writes of the API server itself, such as leases, are allowed and not noted.</summary>
    public Reply Respond(ScenarioWebhook webhook, WebhookRequest sent)
    {
        var review = JsonNode.Parse(sent.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!.AsObject();
        if ((string?)review["request"]!["userInfo"]!["username"] == "system:apiserver")
        {
            return Reply.Allow(new ScenarioCall(review, 0));
        }

        lock (_gate)
        {
            var call = new ScenarioCall(review, _calls.Count(other => other.Webhook == webhook) + 1);
            _calls.Add((webhook, CallText.Describe(webhook, call, sent, scenario.ShowsBytes), call.Uid));
            return webhook.Respond(call);
        }
    }

    /// <summary>Takes the calls noted so far: calls of mutating webhooks in order, calls of validating webhooks, which run at once, by name.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        lock (_gate)
        {
            var uids = new HashSet<string>();
            // A call with a uid seen before is a transport retry (8.4).
            var noted = _calls.Select(call => (call.Webhook, Text: uids.Add(call.Uid) ? call.Text : $"{call.Webhook.Name} (retry)")).ToList();
            _calls.Clear();
            return
            [
                .. noted.Where(call => call.Webhook.Mutating).Select(call => call.Text),
                .. noted.Where(call => !call.Webhook.Mutating).Select(call => call.Text).Order(StringComparer.Ordinal),
            ];
        }
    }
}
