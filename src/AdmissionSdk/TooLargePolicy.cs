namespace AdmissionSdk;

/// <summary>
/// The response of a webhook to a review that is too large for it, or that does not fit into the memory that is free. A setting of its own, because the requester chooses
/// the size.
/// </summary>
public enum TooLargePolicy
{
    /// <summary>HTTP 413 or 503, or 500 once the review has been read, so that failurePolicy decides. Under Ignore, everybody who can write a large object walks past the webhook. The default.</summary>
    Fail,

    /// <summary>Refuse the request. Right for guards. A review whose uid is not among its first bytes, where the API server writes it, gets the response of <see cref="Fail"/>.</summary>
    Deny,
}
