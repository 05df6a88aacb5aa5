using System.Text.Json;
using AdmissionSdk.Observability;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// One review's run through its handlers, in order, in one dependency-injection scope. Mutators each see the previous result; one patch goes out,
/// and nothing of it if a later one denies or fails. Warnings and annotations are kept whatever the decision (contract 9.9).
/// </summary>
internal sealed class HandlerChain(
    WebhookDescriptor webhook,
    EffectiveSettings settings,
    AdmissionRequest request,
    IReadOnlyList<HandlerDescriptor> handlers,
    FilterPipeline filters,
    IReadOnlyList<IDisposable> owned,
    IServiceScopeFactory scopes,
    JsonSerializerOptions json,
    ILogger logger,
    bool isDevelopment)
{
    /// <summary>Runs the handlers. Never throws, and releases all that the chain owns when the last handler has ended.</summary>
    public async Task<AdmissionAnswer> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunInScopeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The scope itself failed to open.
            return FailurePolicies.Threw(settings, request, exception, isDevelopment, cancellationToken.IsCancellationRequested);
        }
        finally
        {
            foreach (var resource in owned)
            {
                resource.Dispose();
            }
        }
    }

    private async Task<AdmissionAnswer> RunInScopeAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        var call = new AdmissionCall(request, webhook.Name, json, scope.ServiceProvider);
        AdmissionAnswer answer;
        try
        {
            answer = await DecideAsync(call, cancellationToken);
        }
        catch (Exception exception)
        {
            answer = FailurePolicies.Threw(settings, request, exception, isDevelopment, cancellationToken.IsCancellationRequested);
        }
        finally
        {
            call.End();
            await CloseAsync(scope);
        }

        var (warnings, annotations) = call.TakeNotes();
        return answer with { Warnings = [.. warnings, .. answer.Warnings], Annotations = annotations };
    }

    // A service whose Dispose throws comes after the decision, and must not turn a denial into a failure that passes under Ignore.
    private async ValueTask CloseAsync(AsyncServiceScope scope)
    {
        try
        {
            await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            logger.ScopeNotClosed(exception, webhook.Name);
        }
    }

    private async ValueTask<AdmissionAnswer> DecideAsync(AdmissionCall call, CancellationToken cancellationToken)
    {
        if (request.Subject.IsEmpty)
        {
            throw new UndecodableObjectException("object", handlers[0].ObjectType, innerException: null);
        }

        if (webhook.SkipWhenDeleting && DeletionProgress.IsAll(request, json.MaxDepth))
        {
            return new AdmissionAnswer { Decision = AdmissionDecision.Allow };
        }

        var session = webhook.Type == WebhookType.Mutating
            ? new PatchSession(request.Subject, PatchLimits.Default with { MaxDepth = json.MaxDepth })
            : null;
        var handlerCall = new HandlerCall(call, session, filters, DetectEdits: isDevelopment);
        foreach (var handler in handlers)
        {
            var result = await handler.Invoker.InvokeAsync(handlerCall, cancellationToken);
            switch (result?.Decision)
            {
                case AdmissionDecision.Allow:
                    continue;
                case AdmissionDecision.Deny:
                    return Deny(result);
                case AdmissionDecision.Fail:
                    return FailurePolicies.Said(settings, request, result.Message!);
                default:
                    return FailurePolicies.Said(settings, request, $"{handler.Name} returned null instead of an AdmissionResult");
            }
        }

        return session is null ? new AdmissionAnswer { Decision = AdmissionDecision.Allow } : AllowWithPatch(session.Finish());
    }

    private AdmissionAnswer AllowWithPatch(PatchResult patch)
    {
        // Contract 5.3: a patch without an object is refused whatever failurePolicy says, so it must not leave here.
        return patch.OperationCount > 0 && request.Object.IsEmpty
            ? FailurePolicies.Said(settings, request, "a mutator edited the object on DELETE, where the API server accepts no patch", FailureKind.Patch)
            : new AdmissionAnswer { Decision = AdmissionDecision.Allow, Patch = patch.Json, PatchOperations = patch.OperationCount };
    }

    private static AdmissionAnswer Deny(AdmissionResult result) => new()
    {
        Decision = AdmissionDecision.Deny,
        Message = result.Message,
        Code = result.Code,
        Reason = result.Reason,
        Causes = result.Causes,
        RetryAfterSeconds = (int)Math.Ceiling((result.RetryAfter ?? TimeSpan.Zero).TotalSeconds),
    };
}
