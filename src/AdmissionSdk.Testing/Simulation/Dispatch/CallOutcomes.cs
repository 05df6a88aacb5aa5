using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The parts that both phases share: dry run, effects of a response, and the meaning of an error (contract 9.9, 10, 11, 15).</summary>
internal static class CallOutcomes
{
    private static readonly string[] Steps = ["failed to call webhook: ", "received invalid webhook response: "];

    /// <summary>Refuses a dry run before the call.</summary>
    /// <exception cref="CallFailedException">The webhook does not declare its side effects.</exception>
    /// <exception cref="ApiStatusException">The webhook has side effects.</exception>
    public static void CheckDryRun(WebhookDefinition webhook, bool dryRun)
    {
        if (!dryRun || webhook.SideEffects is "None" or "NoneOnDryRun")
        {
            return;
        }

        throw webhook.SideEffects is null
            ? new CallFailedException("Webhook SideEffects is nil")
            : Statuses.BadRequest($"admission webhook \"{webhook.Name}\" does not support dry run");
    }

    /// <summary>Applies a response: first annotations and warnings, which always count, then the decision (contract 9.9).</summary>
    /// <exception cref="ApiStatusException">The webhook denied the request.</exception>
    public static void Apply(WebhookDefinition webhook, WebhookResponse response, RequestScope scope, WebhookCall call)
    {
        foreach (var (key, value) in response.AuditAnnotations)
        {
            scope.Audit.Add($"{webhook.Name}/{key}", value);
        }

        foreach (var warning in response.Warnings)
        {
            scope.Warnings.Add(warning);
        }

        if (!response.Allowed)
        {
            call.Outcome = WebhookOutcome.Rejected;
            throw Denial(webhook.Name, response.Status);
        }

        call.Outcome = WebhookOutcome.Allowed;
    }

    /// <summary>Turns a failed call into the end of the request, or into nothing under Ignore (contract 11.1).</summary>
    /// <returns>The error under Fail; null under Ignore.</returns>
    public static ApiStatusException? Decide(WebhookDefinition webhook, CallFailedException failure, WebhookCall call, ServerBehaviour behaviour)
    {
        var step = behaviour.NamesFailedStep ? null : Array.Find(Steps, failure.Message.StartsWith);
        call.Reason = failure.Message[(step?.Length ?? 0)..];
        call.Outcome = webhook.IgnoresFailures ? WebhookOutcome.FailedOpen : WebhookOutcome.CallFailed;
        return webhook.IgnoresFailures ? null : Statuses.Internal($"failed calling webhook \"{webhook.Name}\": {call.Reason}");
    }

    /// <summary>Marks a call that ended the request.</summary>
    public static void Mark(WebhookCall call, ApiStatusException end)
    {
        call.Reason ??= end.Message;
        if (call.Outcome is WebhookOutcome.Skipped or WebhookOutcome.Allowed)
        {
            call.Outcome = WebhookOutcome.HardFailure;
        }
    }

    private static ApiStatusException Denial(string webhook, JsonObject? sent)
    {
        var status = sent?.Clone() ?? new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject() };
        var (message, reason) = (status.Text("message"), status.Text("reason"));
        var code = status.Number("code") ?? 0;
        status["code"] = code < 400 ? 400 : code;
        status["status"] = status.Text("status") is "" or "Success" ? "Failure" : status.Text("status");
        status["message"] = $"admission webhook \"{webhook}\" denied the request" + (message, reason) switch
        {
            ({ Length: > 0 }, _) => $": {message}",
            (_, { Length: > 0 }) => $": {reason}",
            _ => " without explanation",
        };
        return new ApiStatusException(status);
    }
}
