using System.Diagnostics;

namespace AdmissionSdk.Observability;

/// <summary>The source of activities, one for each review, in the API server's trace (contract 6.2).</summary>
internal static class AdmissionActivity
{
    public const string SourceName = "AdmissionSdk";
    public const string Review = "admission.review";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a review's activity; null when nobody listens.</summary>
    /// <param name="traceParent">The request's <c>traceparent</c>, for hosts in which ASP.NET Core starts no activity of its own.</param>
    /// <param name="traceState">The request's <c>tracestate</c>.</param>
    public static Activity? StartReview(string? traceParent, string? traceState) =>
        Activity.Current is null && ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var remote)
            ? Source.StartActivity(Review, ActivityKind.Server, remote)
            : Source.StartActivity(Review);
}
