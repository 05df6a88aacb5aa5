using System.Globalization;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks that a dry run has the same outcome as the real request, and no side effect (contract 15.1).</summary>
internal static class DryRunCheck
{
    private const string Uid = "00000000-0000-0000-0000-000000000000";

    public static PropertyCheck Of(Target target, Func<object?>? probe) => async review =>
    {
        // A connection cannot be a dry run: the API server refuses the request before any webhook (contract, section 5).
        if (review.Operation == Operation.Connect)
        {
            return null;
        }

        var before = probe?.Invoke();
        var dry = await target.SendAsync(review.WithUid(Uid).WithDryRun());
        var after = probe?.Invoke();
        if (!Equals(before, after))
        {
            return new(string.Create(CultureInfo.InvariantCulture, $"The dry run had a side effect: the probe said {before ?? "null"} before and {after ?? "null"} after."), review.WithDryRun());
        }

        var real = await target.SendAsync(review.WithUid(Uid).WithDryRun(false));
        var differences = OutcomeContent.Differences(dry, real);
        return differences.Count == 0
            ? null
            : new($"From dry run to real, the outcome differs:\n{string.Join('\n', differences)}", review.WithDryRun());
    };
}
