using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>Surrounds the decision of a review with its metrics, its activity and its logging scope.</summary>
internal sealed class ReviewObserver(AdmissionMetrics metrics, TimeProvider time, ILogger<ReviewObserver> logger)
{
    /// <param name="exchange">The review, which has been read.</param>
    /// <param name="headers">The request's headers, for the trace that the review belongs to.</param>
    /// <param name="decide">The decision.</param>
    public async ValueTask<ReviewOutcome> ObserveAsync(
        ReviewExchange exchange, IHeaderDictionary headers, Func<ReviewExchange, ValueTask<ReviewOutcome>> decide)
    {
        var activity = AdmissionActivity.StartReview(headers.TraceParent, headers.TraceState);
        using var observation = new ReviewObservation(metrics, time, logger, exchange, activity);
        var outcome = await decide(exchange);
        observation.End(outcome);
        return outcome;
    }
}
