using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Json;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The mutating phase: one webhook after the other, each seeing the last one's patch, and at most one more pass (contract 1.7, 14).</summary>
internal sealed class MutatingDispatcher(DispatchServices services)
{
    /// <exception cref="ApiStatusException">The request ends here.</exception>
    public async Task RunAsync(IReadOnlyList<WebhookDefinition> hooks, AdmissionAttributes attributes, RequestScope scope)
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

            for (var i = 0; i < hooks.Count; i++)
            {
                await RunHookAsync(hooks[i], i, round, attributes, scope, state);
                scope.ThrowIfTimedOut();
            }

            state.Output = attributes.Object?.Clone();
        }
    }

    private async Task RunHookAsync(WebhookDefinition hook, int index, int round, AdmissionAttributes attributes, RequestScope scope, ReinvocationState state)
    {
        var call = scope.Record(hook, round);
        var annotation = $"round_{round}_index_{index}";
        try
        {
            var match = services.Matcher.Match(hook, attributes);
            if (match.SkipReason is null && round == 1 && !state.IsDue(hook.Identity))
            {
                match = Match.Skip(hook, "not due in the second pass (contract 14)");
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
            HookOutcomes.Mark(call, end);
            scope.ThrowIfTimedOut();
            throw;
        }
    }

    private async Task CallAsync(Match match, AdmissionAttributes attributes, RequestScope scope, WebhookCall call, string annotation, ReinvocationState state)
    {
        var hook = match.Hook;
        try
        {
            HookOutcomes.CheckDryRun(hook, attributes.DryRun);
            AdmissionAnswer answer;
            try
            {
                answer = await services.Caller.CallAsync(match, attributes, call, services.Latency(hook.Name), scope.Remaining, scope.CancellationToken);
            }
            finally
            {
                scope.Elapsed += call.Latency;
            }

            HookOutcomes.Apply(hook, answer, scope, call);
            ApplyPatch(match, answer, attributes, scope, call, annotation);
        }
        catch (CallFailedException failure)
        {
            if (HookOutcomes.Decide(hook, failure, call) is { } end)
            {
                throw end;
            }

            scope.Audit.Add($"failed-open.mutation.webhook.admission.k8s.io/{annotation}", hook.Name);
        }
        finally
        {
            var mutated = new JsonObject { ["configuration"] = hook.Configuration, ["webhook"] = hook.Name, ["mutated"] = call.Patched };
            scope.Audit.Add($"mutation.webhook.admission.k8s.io/{annotation}", GoJson.Write(mutated));
            if (call.Patched)
            {
                state.Changed();
            }

            if (hook.ReinvokeIfNeeded)
            {
                state.Invoked(hook.Identity);
            }
        }
    }

    private void ApplyPatch(Match match, AdmissionAnswer answer, AdmissionAttributes attributes, RequestScope scope, WebhookCall call, string annotation)
    {
        if (answer.Patch.Length == 0 || ObjectPatcher.Decode(answer.Patch) is not { Count: > 0 } patch)
        {
            return;
        }

        call.Patch = patch.Json;
        if (attributes.Object is null)
        {
            throw Statuses.Internal($"admission webhook \"{match.Hook.Name}\" attempted to modify the object, which is not supported for this operation");
        }

        if (answer.PatchType != "JSONPatch")
        {
            throw new CallFailedException($"unsupported patch type \"{answer.PatchType}\"");
        }

        (attributes.Object, call.Patched) = services.Patcher.Apply(patch, attributes, match.Kind);
        scope.Audit.Add($"patch.webhook.admission.k8s.io/{annotation}", GoJson.Write(new JsonObject
        {
            ["configuration"] = match.Hook.Configuration,
            ["webhook"] = match.Hook.Name,
            ["patch"] = JsonNode.Parse(patch.Json),
            ["patchType"] = answer.PatchType,
        }));
    }
}
