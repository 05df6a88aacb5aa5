using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks that the same review gets the same response: one after the other, and at once (contract 1.8: calls come in parallel).</summary>
internal static class DeterminismCheck
{
    private const int Times = 4;

    public static PropertyCheck Of(Target target) => async review =>
    {
        var same = review.WithUid("00000000-0000-0000-0000-000000000000");
        var first = await target.SendAsync(same);
        for (var i = 0; i < Times; i++)
        {
            if (Differ(first, await target.SendAsync(same)) is { } difference)
            {
                return new($"The same review sent again got another response:\n{difference}", same);
            }
        }

        var parallel = await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => target.SendAsync(same)));
        return parallel.Select(outcome => Differ(first, outcome)).FirstOrDefault(difference => difference is not null) is { } late
            ? new($"The same review sent several times at once got another response:\n{late}", same)
            : null;
    };

    private static string? Differ(AdmissionOutcome first, AdmissionOutcome other) =>
        first.StatusCode == other.StatusCode && first.Body == other.Body
            ? null
            : string.Join('\n', OutcomeContent.Differences(first, other));
}
