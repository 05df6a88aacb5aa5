namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks that the webhook decides on every object.</summary>
internal static class SurvivalCheck
{
    public static PropertyCheck Of(Target target) => async review =>
    {
        var outcome = await target.SendAsync(review);
        return outcome.Decision == AdmissionDecision.Fail ? new($"The webhook failed: {outcome.Failure}", review) : null;
    };
}
