namespace AdmissionSdk.Testing.Checks;

/// <summary>The webhook under test.</summary>
internal sealed record Target(AdmissionTestHost Host, string? Webhook, CancellationToken CancellationToken)
{
    public Task<AdmissionOutcome> SendAsync(AdmissionReviewBuilder review) => Host.SendAsync(review, Webhook, CancellationToken);

    /// <summary>Sends the review and returns the object as the webhook leaves it; null unless the review is allowed and has an object.</summary>
    public async Task<string?> MutateAsync(AdmissionReviewBuilder review) => (await SendAsync(review)).ResultObject;
}
