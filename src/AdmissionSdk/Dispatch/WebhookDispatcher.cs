using AdmissionSdk.Reviews;
using AdmissionSdk.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Step "Dispatch": finds the handlers, takes a slot, runs the chain off the request's thread, and answers in time even if a handler does not.
/// Knows nothing of HTTP.
/// </summary>
internal sealed class WebhookDispatcher
{
    private readonly HandlerChainFactory _chains;

    public WebhookDispatcher(IServiceScopeFactory scopes, IOptions<AdmissionWebhookOptions> options, IHostEnvironment environment)
    {
        _chains = new HandlerChainFactory(
            scopes,
            ObjectJson.CreateOptions(options.Value.JsonTypeInfoResolver, options.Value.MaxObjectDepth),
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
        var handlers = webhook.Match(request);
        if (handlers.Count == 0)
        {
            body.Dispose();
            return FailurePolicies.Unmatched(webhook.Descriptor, request);
        }

        var slot = webhook.TakeSlot();
        if (!slot.IsAcquired)
        {
            slot.Dispose();
            body.Dispose();
            return FailurePolicies.Busy(webhook.Descriptor, request);
        }

        // Off the request's thread, so that a handler that blocks before its first await does not hold the answer. From here on
        // slot, body and scope belong to the chain: they are released when the handlers have ended, not when the answer is written.
        var chain = _chains.Create(webhook.Descriptor, request, handlers, [slot, body]);
        var work = Task.Run(() => chain.RunAsync(deadline.Token), CancellationToken.None);
        try
        {
            return await work.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            return FailurePolicies.Late(webhook.Descriptor, request, deadline);
        }
    }
}
