namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks that a second run changes nothing (contract 14, 1.9: reinvocation is normal).</summary>
internal static class IdempotencyCheck
{
    public static PropertyCheck Of(Target target) => async review =>
    {
        if (await target.MutateAsync(review) is not { } once)
        {
            return null;
        }

        var second = await target.SendAsync(review.WithObject(once));
        return second.ResultObject is not { } twice
            ? new($"The second run, on what the first left, was {second.Summary}.", review)
            : ObjectText.Same(once, twice)
                ? null
                : new($"The second run changes what the first left:\n{ObjectText.Diff(once, twice)}", review);
    };
}
