using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>Begins the metrics, the activity and the logging scope of reviews.</summary>
internal sealed class ReviewObserver(AdmissionMetrics metrics, TimeProvider time, ILogger<ReviewObserver> logger)
{
    /// <summary>Begins one review's.</summary>
    /// <param name="webhook">The webhook's name.</param>
    /// <param name="request">The review.</param>
    /// <param name="arrived">When the request arrived, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="budget">How long there was from then on.</param>
    /// <param name="headers">The request's headers, for the trace it belongs to.</param>
    public ReviewObservation Begin(string webhook, AdmissionRequest request, long arrived, TimeSpan budget, IHeaderDictionary headers) =>
        new(metrics, time, logger, webhook, request, arrived, budget, AdmissionActivity.StartReview(headers.TraceParent, headers.TraceState));

    public void Rejected(string webhook, string reason, int statusCode)
    {
        metrics.Rejected(webhook, reason);
        logger.RequestRejected(webhook, reason, statusCode);
    }
}
