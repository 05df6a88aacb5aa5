using AdmissionSdk.Observability;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Step "Dispatch": finds the handlers, takes a slot, runs the chain off the request's thread, and has an outcome in time even if a handler has not.
/// Knows nothing of HTTP.
/// </summary>
internal sealed class WebhookDispatcher(HandlerChain chain, AbandonedCalls abandoned)
{
    /// <summary>Decides one review, which has been read.</summary>
    public async ValueTask<ReviewOutcome> DispatchAsync(ReviewExchange exchange) =>
        DecisionAnnotation.AddTo(EnforcementFilter.Apply(exchange.Settings.Mode, await DecideAsync(exchange)));

    private async ValueTask<ReviewOutcome> DecideAsync(ReviewExchange exchange)
    {
        var handlers = exchange.Webhook.Match(exchange.Request);
        if (handlers.Count == 0)
        {
            return FailureResponses.ForUnmatched(exchange);
        }

        if (exchange.Webhook.TryTakeSlot(exchange.Body.Length, exchange.Share) is not { } slot)
        {
            return FailureResponses.ForBusy(exchange);
        }

        exchange.Own(slot);

        var cancellation = new HandlerCancellation(exchange.Deadline.Token);
        exchange.Own(cancellation);

        // Off the request's thread, so that a handler that blocks before its first await does not hold the response.
        exchange.Hold();
        Task<ReviewOutcome> work;
        try
        {
            work = Task.Run(() => chain.RunAsync(exchange, handlers, cancellation.Token), CancellationToken.None);
        }
        catch
        {
            // Out of memory: nobody else lets go of what the chain would have held.
            exchange.Dispose();
            throw;
        }

        try
        {
            var outcome = await work.WaitAsync(exchange.Deadline.Token);
            // A handler that heeds its token may end at the same moment as the wait for it; the response must not hang on which was first.
            return outcome.Failure == FailureKind.TimedOut ? FailureResponses.ForDeadline(exchange) : outcome;
        }
        catch (OperationCanceledException) when (exchange.Deadline.Token.IsCancellationRequested)
        {
            _ = abandoned.FollowAsync(exchange.Webhook, work);
            return FailureResponses.ForDeadline(exchange);
        }
    }
}
