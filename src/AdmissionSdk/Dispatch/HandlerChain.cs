using AdmissionSdk.Contexts;
using AdmissionSdk.Observability;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Runs a review through its handlers, in order, in one dependency-injection scope. Mutators each see the previous result; one patch goes out,
/// and nothing of it if a later one denies or fails. Warnings and annotations are kept whatever the decision (contract 9.9).
/// </summary>
internal sealed class HandlerChain(
    IServiceScopeFactory scopes, AdmissionJson json, FailureResponses failures, IHostEnvironment environment, ILogger<HandlerChain> logger)
{
    private readonly bool _detectsEdits = environment.IsDevelopment();
    private readonly PatchLimits _limits = PatchLimits.Default with { MaxDepth = json.Options.MaxDepth };

    /// <summary>Runs the handlers. Never throws, and lets go of the exchange when the last handler has ended.</summary>
    public async Task<ReviewOutcome> RunAsync(ReviewExchange exchange, IReadOnlyList<HandlerDescriptor> handlers, CancellationToken cancellationToken)
    {
        AsyncServiceScope? scope = null;
        AdmissionCall? call = null;
        ReviewOutcome outcome;
        try
        {
            scope = scopes.CreateAsyncScope();
            call = Open(exchange, scope.Value.ServiceProvider, cancellationToken);
            outcome = await DecideAsync(exchange, call, handlers, cancellationToken);
        }
        catch (Exception exception)
        {
            exchange.Trace?.Fail(exception);
            outcome = failures.ForException(exchange, exception, cancellationToken.IsCancellationRequested);
        }
        finally
        {
            call?.End();
            await CloseAsync(scope, exchange.Webhook.Name);
            exchange.Dispose();
        }

        return call is null ? outcome : AddNotes(outcome, call);
    }

    private AdmissionCall Open(ReviewExchange exchange, IServiceProvider services, CancellationToken due) =>
        new(exchange.Request, exchange.Webhook.Name, json, services)
        {
            DetectsEdits = _detectsEdits,
            Due = due,
            Memory = exchange.Memory,
            Patch = exchange.Webhook.Descriptor.Type == WebhookType.Mutating
                ? new PatchSession(exchange.Request.Subject, _limits, exchange.Request.SubjectIndex)
                : null,
        };

    // A service whose Dispose throws comes after the decision, and must not turn a denial into a failure that passes under Ignore.
    private async ValueTask CloseAsync(AsyncServiceScope? scope, string webhook)
    {
        try
        {
            await (scope?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception exception)
        {
            logger.ScopeNotClosed(exception, webhook);
        }
    }

    private static async ValueTask<ReviewOutcome> DecideAsync(
        ReviewExchange exchange, AdmissionCall call, IReadOnlyList<HandlerDescriptor> handlers, CancellationToken cancellationToken)
    {
        if (exchange.Request.Subject.IsEmpty && exchange.Request.Operation != Operation.Delete)
        {
            throw new UndecodableObjectException("object", handlers[0].ObjectType, innerException: null);
        }

        if (exchange.Webhook.Descriptor.SkipWhenDeleting && DeletionProgress.IsAll(exchange.Request, call.Json.Options.MaxDepth))
        {
            return ReviewOutcome.Allowed;
        }

        foreach (var handler in handlers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            exchange.Trace?.Begin(handler, call);
            var result = await handler.Invoker.InvokeAsync(call, exchange.Webhook.Filters, cancellationToken);
            exchange.Trace?.End(result, call);
            switch (result?.Decision)
            {
                case AdmissionDecision.Allow:
                    continue;
                case AdmissionDecision.Deny:
                    return new(Deny(result));
                case AdmissionDecision.Fail:
                    return FailureResponses.ForResult(exchange, result.Message!);
                default:
                    return FailureResponses.ForResult(exchange, $"{handler.Name} returned null instead of an AdmissionResult");
            }
        }

        return call.Patch is { } session ? AllowWithPatch(exchange, session) : ReviewOutcome.Allowed;
    }

    private static ReviewOutcome AllowWithPatch(ReviewExchange exchange, PatchSession session)
    {
        var (patch, request) = (session.Finish(), exchange.Request);

        // Contract 5.3: a patch without an object is refused whatever failurePolicy says, so it must not leave here.
        if (patch.OperationCount > 0 && request.Object.IsEmpty)
        {
            return FailureResponses.ForResult(exchange, "a mutator edited the object on DELETE, where the API server accepts no patch", FailureKind.Patch);
        }

        session.ThrowIfRefused(request.Namespace, mayRename: request.Operation == Operation.Create && request.Subresource.Length == 0);
        return new ReviewOutcome(AdmissionResponse.Allowed with { Patch = patch.Json }) { PatchOperations = patch.OperationCount };
    }

    private static AdmissionResponse Deny(AdmissionResult result) => new()
    {
        Decision = AdmissionDecision.Deny,
        Message = result.Message,
        Code = result.Code,
        Reason = result.Reason,
        Causes = result.Causes,
        RetryAfterSeconds = (int)Math.Ceiling((result.RetryAfter ?? TimeSpan.Zero).TotalSeconds),
    };

    private static ReviewOutcome AddNotes(ReviewOutcome outcome, AdmissionCall call)
    {
        if (!call.HasNotes)
        {
            return outcome;
        }

        var (warnings, annotations) = call.TakeNotes();
        return outcome with { Response = outcome.Response with { Warnings = [.. warnings, .. outcome.Response.Warnings], AuditAnnotations = annotations } };
    }
}
