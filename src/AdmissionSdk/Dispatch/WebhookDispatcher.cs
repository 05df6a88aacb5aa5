using AdmissionSdk.Model;
using AdmissionSdk.Reviews;
using AdmissionSdk.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Step "Dispatch": finds the handlers, takes a slot, runs the chain off the request's thread, and answers in time even if a handler does not.
/// Knows nothing of HTTP.
/// </summary>
internal sealed class WebhookDispatcher
{
    private readonly HandlerChainFactory _chains;
    private readonly AbandonedCalls _abandoned;

    public WebhookDispatcher(
        IServiceScopeFactory scopes,
        IOptions<AdmissionWebhookOptions> options,
        IEnumerable<FilterRegistration> filters,
        IHostEnvironment environment,
        AbandonedCalls abandoned,
        ILogger<WebhookDispatcher> logger)
    {
        _abandoned = abandoned;
        _chains = new HandlerChainFactory(
            scopes,
            ObjectJson.CreateOptions(options.Value.JsonTypeInfoResolver, options.Value.MaxObjectDepth),
            filters,
            logger,
            isDevelopment: environment.IsDevelopment());
    }

    /// <summary>Decides one review.</summary>
    /// <param name="webhook">The webhook that was called.</param>
    /// <param name="request">The review. Its objects are slices of <paramref name="body"/>.</param>
    /// <param name="body">The memory of the review; disposed when the last handler has ended, which may be after the answer.</param>
    /// <param name="deadline">When the answer is due.</param>
    public async ValueTask<AdmissionAnswer> DispatchAsync(
        WebhookRuntime webhook, AdmissionRequest request, IDisposable body, ReviewDeadline deadline)
    {
        // One snapshot, so that a change of the configuration does not split a review.
        var settings = webhook.Settings;
        return EnforcementModes.Apply(settings, await DecideAsync(webhook, settings, request, body, deadline));
    }

    private async ValueTask<AdmissionAnswer> DecideAsync(
        WebhookRuntime webhook, EffectiveSettings settings, AdmissionRequest request, IDisposable body, ReviewDeadline deadline)
    {
        // Everything the call takes is in here until the chain has it.
        List<IDisposable> owned = [body];
        Task<AdmissionAnswer> work;
        try
        {
            var handlers = webhook.Match(request);
            if (handlers.Count == 0)
            {
                return FailurePolicies.Unmatched(settings, request);
            }

            var slot = webhook.TakeSlot();
            owned.Add(slot);
            if (!slot.IsAcquired)
            {
                return FailurePolicies.Busy(settings, request);
            }

            var cancellation = new HandlerCancellation(deadline.Token);
            owned.Add(cancellation);
            var chain = _chains.Create(webhook.Descriptor, settings, request, handlers, owned);

            // Off the request's thread, so that a handler that blocks before its first await does not hold the answer. From here on
            // all of it belongs to the chain: it is released when the handlers have ended, not when the answer is written.
            work = Task.Run(() => chain.RunAsync(cancellation.Token), CancellationToken.None);
            owned = [];
        }
        finally
        {
            owned.ForEach(resource => resource.Dispose());
        }

        try
        {
            var answer = await work.WaitAsync(deadline.Token);
            // A handler that heeds its token may end at the same moment as the wait for it; what is said must not hang on which was first.
            return answer.Failure == FailureKind.TimedOut ? FailurePolicies.Late(settings, request, deadline) : answer;
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            _ = _abandoned.FollowAsync(webhook, work);
            return FailurePolicies.Late(settings, request, deadline);
        }
    }
}
