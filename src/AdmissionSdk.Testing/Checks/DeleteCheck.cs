using AdmissionSdk.Testing.Hosting;

namespace AdmissionSdk.Testing.Checks;

/// <summary>On DELETE there is nothing to patch: a patch there fails the user's request (contract 5.3), and a failure under Fail makes the object undeletable.</summary>
internal static class DeleteCheck
{
    public static PropertyCheck Of(Target target) => async review =>
    {
        // The API server sends no DELETE to a webhook that is not registered for it; validators answer such a review with a failure.
        if (!WebhookTarget.Find(target.Host.Webhooks, target.Webhook).MayGet(Operations.Delete))
        {
            return null;
        }

        var outcome = await target.SendAsync(review);
        return outcome.Decision == AdmissionDecision.Fail ? new(outcome.Failure!, review) : null;
    };
}
