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
    public Reply Answer(ScenarioHook hook, HookRequest sent)
    {
        var review = JsonNode.Parse(sent.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!.AsObject();
        if ((string?)review["request"]!["userInfo"]!["username"] == "system:apiserver")
        {
            return Reply.Allow(new HookCall(review, 0));
        }

        lock (_gate)
        {
            var call = new HookCall(review, _calls.Count(other => other.Hook == hook) + 1);
            _calls.Add((hook, CallText.Describe(hook, call, sent, scenario.ShowsBytes), call.Uid));
            return hook.Answer(call);
        }
    }

    /// <summary>The calls since the last time: mutating ones in order, validating ones, which run at once, by name.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        lock (_gate)
        {
            var uids = new HashSet<string>();
            // A call with a uid seen before is a transport retry (8.4).
            var noted = _calls.Select(call => (call.Hook, Text: uids.Add(call.Uid) ? call.Text : $"{call.Hook.Name} (retry)")).ToList();
            _calls.Clear();
            return
            [
                .. noted.Where(call => call.Hook.Mutating).Select(call => call.Text),
                .. noted.Where(call => !call.Hook.Mutating).Select(call => call.Text).Order(StringComparer.Ordinal),
            ];
        }
    }
}
