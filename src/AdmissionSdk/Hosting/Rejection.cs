namespace AdmissionSdk.Hosting;

/// <summary>A request that is turned away before it is a review.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Reason">One of <see cref="Observability.RejectionReasons"/>.</param>
/// <param name="Line">The line that the caller gets; null when the caller is gone.</param>
internal readonly record struct Rejection(int Status, string Reason, string? Line);
