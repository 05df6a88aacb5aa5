using System.Diagnostics;

namespace AdmissionSdk.Observability;

/// <summary>The source of activities, one for each review, in the API server's trace (contract 6.2).</summary>
internal static class AdmissionActivity
{
    public const string SourceName = "AdmissionSdk";
    public const string Review = "admission.review";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a review's activity; null when nobody listens.</summary>
    /// <param name="source">The source, which is <see cref="Source"/> for reviews of an API server.</param>
    /// <param name="traceParent">The request's <c>traceparent</c>, for hosts in which ASP.NET Core starts no activity of its own.</param>
    /// <param name="traceState">The request's <c>tracestate</c>.</param>
    public static Activity? StartReview(ActivitySource source, string? traceParent, string? traceState) =>
        Activity.Current is null && ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var remote)
            ? source.StartActivity(Review, ActivityKind.Server, remote)
            : source.StartActivity(Review);
}
