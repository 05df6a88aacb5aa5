namespace AdmissionSdk.Observability;

/// <summary>The reasons to turn a request away, values of the tag <see cref="TagNames.Reason"/>.</summary>
internal static class RejectionReasons
{
    public const string Caller = "caller";
    public const string Method = "method";
    public const string MediaType = "media_type";
    public const string TooLarge = "too_large";
    public const string BytesInFlight = "bytes_in_flight";
    public const string SlowBody = "slow_body";
    public const string Interrupted = "interrupted";
    public const string Malformed = "malformed";
    public const string ConcurrentRequests = "concurrent_requests";
    public const string ConcurrentReviews = "concurrent_reviews";
    public const string Draining = "draining";

    public static IReadOnlyList<string> All { get; } =
        [Caller, Method, MediaType, TooLarge, BytesInFlight, SlowBody, Interrupted, Malformed, ConcurrentRequests, ConcurrentReviews, Draining];
}
