using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The mutating phase: one webhook after the other, each after the patch of the one before, and at most one more pass (contract 1.7, 14).</summary>
internal sealed class MutatingDispatcher(DispatchParts services)
{
    /// <exception cref="ApiStatusException">The request ends here.</exception>
    public async Task RunAsync(IReadOnlyList<WebhookDefinition> webhooks, AdmissionAttributes attributes, RequestScope scope)
    {
        var state = new ReinvocationState();
        await PassAsync(0);
        if (state.SecondPass)
        {
            await PassAsync(1);
        }

        async Task PassAsync(int round)
        {
            if (attributes.Object is { } created)
            {
                services.Options.MutateInTree?.Invoke(created);
            }

            if (round == 1 && !SemanticEquality.AreEqual(state.Output, attributes.Object, attributes.Typed))
            {
                state.RequireInvoked();
            }

            for (var i = 0; i < webhooks.Count; i++)
            {
                await RunWebhookAsync(webhooks[i], i, round, attributes, scope, state);
                scope.ThrowIfTimedOut();
            }

            state.Output = attributes.Object?.Clone();
        }
    }

    private async Task RunWebhookAsync(WebhookDefinition webhook, int index, int round, AdmissionAttributes attributes, RequestScope scope, ReinvocationState state)
    {
        var call = scope.Record(webhook, round);
        var annotation = $"round_{round}_index_{index}";
        try
        {
            var match = services.Matcher.Match(webhook, attributes);
            if (match.SkipReason is null && round == 1 && !state.IsDue(webhook.Identity))
            {
                match = Match.Skip(webhook, "not due in the second pass (contract 14)");
            }

            if (match.SkipReason is { } reason)
            {
                call.Reason = reason;
                return;
            }

            await CallAsync(match, attributes, scope, call, annotation, state);
        }
        catch (ApiStatusException end)
        {
            CallOutcomes.Mark(call, end);
            scope.ThrowIfTimedOut();
            throw;
        }
    }

    private async Task CallAsync(Match match, AdmissionAttributes attributes, RequestScope scope, WebhookCall call, string annotation, ReinvocationState state)
    {
        var webhook = match.Webhook;
        try
        {
            CallOutcomes.CheckDryRun(webhook, attributes.DryRun);
            WebhookResponse response;
            try
            {
                response = await services.Caller.CallAsync(match, attributes, call, services.Latency(webhook.Name), scope.Remaining, scope.CancellationToken);
            }
            finally
            {
                scope.Elapsed += call.Latency;
            }

            CallOutcomes.Apply(webhook, response, scope, call);
            ApplyPatch(match, response, attributes, scope, call, annotation);
        }
        catch (CallFailedException failure)
        {
            if (CallOutcomes.Decide(webhook, failure, call, services.Behaviour) is { } end)
            {
                throw end;
            }

            if (services.Behaviour.NotesFailingOpen)
            {
                scope.Audit.Add($"failed-open.mutation.webhook.admission.k8s.io/{annotation}", webhook.Name);
            }
        }
        finally
        {
            var mutated = new JsonObject { ["configuration"] = webhook.Configuration, ["webhook"] = webhook.Name, ["mutated"] = call.IsPatched };
            scope.Audit.Add($"mutation.webhook.admission.k8s.io/{annotation}", GoJson.Write(mutated));
            if (call.IsPatched)
            {
                state.Changed();
            }

            if (webhook.ReinvokeIfNeeded)
            {
                state.Invoked(webhook.Identity);
            }
        }
    }

    private void ApplyPatch(Match match, WebhookResponse response, AdmissionAttributes attributes, RequestScope scope, WebhookCall call, string annotation)
    {
        if (response.Patch.Length == 0 || ObjectPatcher.Decode(response.Patch, services.Behaviour) is not { Count: > 0 } patch)
        {
            return;
        }

        call.Patch = patch.Json;
        if (attributes.Object is null)
        {
            throw Statuses.Internal($"admission webhook \"{match.Webhook.Name}\" attempted to modify the object, which is not supported for this operation");
        }

        if (response.PatchType != "JSONPatch")
        {
            throw new CallFailedException($"unsupported patch type \"{response.PatchType}\"");
        }

        (attributes.Object, call.IsPatched) = services.Patcher.Apply(patch, attributes, match.Kind);
        scope.Audit.Add($"patch.webhook.admission.k8s.io/{annotation}", GoJson.Write(new JsonObject
        {
            ["configuration"] = match.Webhook.Configuration,
            ["webhook"] = match.Webhook.Name,
            ["patch"] = JsonNode.Parse(patch.Json),
            ["patchType"] = response.PatchType,
        }));
    }
}
