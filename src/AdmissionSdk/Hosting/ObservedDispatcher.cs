using System.Diagnostics;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>Surrounds the decision of a review with its metrics, its activity and its logging scope.</summary>
internal sealed class ObservedDispatcher(
    WebhookDispatcher dispatcher, AdmissionMetrics metrics, TimeProvider time, ILogger<ObservedDispatcher> logger)
{
    public ActivitySource Activities { get; init; } = AdmissionActivity.Source;

    /// <param name="exchange">The review, which has been read.</param>
    /// <param name="headers">The request's headers, for the trace that the review belongs to.</param>
    public async ValueTask<ReviewOutcome> DispatchAsync(ReviewExchange exchange, IHeaderDictionary headers)
    {
        var activity = AdmissionActivity.StartReview(Activities, headers.TraceParent, headers.TraceState);
        using var observation = new ReviewObservation(metrics, time, logger, exchange, activity);
        var outcome = await dispatcher.DispatchAsync(exchange);
        observation.End(outcome);
        return outcome;
    }
}
