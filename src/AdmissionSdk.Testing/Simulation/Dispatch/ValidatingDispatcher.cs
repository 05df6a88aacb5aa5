using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>
/// The validating phase: all webhooks are matched first, then the matched webhooks are called at once, and the error that arrives first in virtual time
/// is the response (contract 1.8). Equal latencies go by configuration order, so a test is deterministic.
/// </summary>
internal sealed class ValidatingDispatcher(DispatchParts services)
{
    /// <exception cref="ApiStatusException">The request ends here.</exception>
    public async Task RunAsync(IReadOnlyList<WebhookDefinition> webhooks, AdmissionAttributes attributes, RequestScope scope)
    {
        var matches = MatchAll(webhooks, attributes, scope);
        var remaining = scope.Remaining;
        var results = await Task.WhenAll(matches.Select(match => CallAsync(match.Match, match.Call, attributes, scope, remaining)));
        scope.Elapsed += matches.Select(match => match.Call.Latency).DefaultIfEmpty().Max();
        ApiStatusException? first = null;
        foreach (var (i, result) in results.Index().OrderBy(item => matches[item.Index].Call.Latency))
        {
            var error = Conclude(matches[i].Match.Webhook, matches[i].Call, i, result, scope);
            first ??= error;
        }

        scope.ThrowIfTimedOut();
        if (first is not null)
        {
            throw first;
        }
    }

    private List<(Match Match, WebhookCall Call)> MatchAll(IReadOnlyList<WebhookDefinition> webhooks, AdmissionAttributes attributes, RequestScope scope)
    {
        var matches = new List<(Match, WebhookCall)>();
        foreach (var webhook in webhooks)
        {
            var call = scope.Record(webhook, 0);
            try
            {
                var match = services.Matcher.Match(webhook, attributes);
                call.Reason = match.SkipReason;
                if (match.SkipReason is null)
                {
                    matches.Add((match, call));
                }
            }
            catch (ApiStatusException end)
            {
                CallOutcomes.Mark(call, end);
                throw;
            }
        }

        return matches;
    }

    private async Task<CallResult> CallAsync(Match match, WebhookCall call, AdmissionAttributes attributes, RequestScope scope, TimeSpan remaining)
    {
        try
        {
            CallOutcomes.CheckDryRun(match.Webhook, attributes.DryRun);
            return new CallResult(await services.Caller.CallAsync(match, attributes, call, services.Latency(match.Webhook.Name), remaining, scope.CancellationToken), null);
        }
        catch (Exception error) when (error is CallFailedException or ApiStatusException)
        {
            return new CallResult(null, error);
        }
    }

    // Effects of every webhook count, and are applied in order of arrival.
    private ApiStatusException? Conclude(WebhookDefinition webhook, WebhookCall call, int index, CallResult result, RequestScope scope)
    {
        try
        {
            if (result.Error is not null)
            {
                throw result.Error;
            }

            CallOutcomes.Apply(webhook, result.Response!, scope, call);
            return null;
        }
        catch (CallFailedException failure)
        {
            var end = CallOutcomes.Decide(webhook, failure, call, services.Behaviour);
            if (end is null && services.Behaviour.NotesFailingOpen)
            {
                scope.Audit.Add($"failed-open.validating.webhook.admission.k8s.io/round_0_index_{index}", webhook.Name);
            }

            return end;
        }
        catch (ApiStatusException end)
        {
            CallOutcomes.Mark(call, end);
            return end;
        }
    }

    private sealed record CallResult(WebhookResponse? Response, Exception? Error);
}
