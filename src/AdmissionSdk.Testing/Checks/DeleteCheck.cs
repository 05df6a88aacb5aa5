namespace AdmissionSdk.Testing.Checks;

/// <summary>On DELETE there is nothing to patch: a patch there fails the user's request (contract 5.3), and a failure under Fail makes the object undeletable.</summary>
internal static class DeleteCheck
{
    public static PropertyCheck Of(Target target) => async review =>
    {
        var outcome = await target.SendAsync(review);
        return outcome.Decision == AdmissionDecision.Fail ? new(outcome.Failure!, review) : null;
    };
}
