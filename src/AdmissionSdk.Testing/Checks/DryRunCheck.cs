using System.Globalization;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>A dry run is answered as the real thing would be, and leaves no trace (contract 15.1).</summary>
internal static class DryRunCheck
{
    private const string Uid = "00000000-0000-0000-0000-000000000000";

    public static PropertyCheck Of(Target target, Func<object?>? probe) => async review =>
    {
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
            : new($"From dry run to real, the answer differs:\n{string.Join('\n', differences)}", review.WithDryRun());
    };
}
