namespace AdmissionSdk.Testing.Checks;

/// <summary>The webhook decides, whatever is in the object.</summary>
internal static class SurvivalCheck
{
    public static PropertyCheck Of(Target target) => async review =>
    {
        var outcome = await target.SendAsync(review);
        return outcome.Decision == AdmissionDecision.Fail ? new($"It failed: {outcome.Failure}", review) : null;
    };
}
