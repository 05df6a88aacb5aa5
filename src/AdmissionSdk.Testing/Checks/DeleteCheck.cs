using AdmissionSdk.Testing.Hosting;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks the response to DELETE: a patch fails the user's request (contract 5.3), and a failure under Fail makes the object undeletable.</summary>
internal static class DeleteCheck
{
    public static PropertyCheck Of(Target target) => async review =>
    {
        // The API server sends a DELETE only to webhooks that are registered for DELETE of that very resource. Another validator fails such a review.
        if (!WebhookTarget.Find(target.Host.Webhooks, target.Webhook).MayGet(review))
        {
            return null;
        }

        var outcome = await target.SendAsync(review);
        return outcome.Decision == AdmissionDecision.Fail ? new(outcome.Failure!, review) : null;
    };
}
