using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>A dry run is answered as the real thing would be, and leaves no trace (contract 15.1).</summary>
internal static class DryRunCheck
{
    private const string Uid = "00000000-0000-0000-0000-000000000000";

    public static PropertyCheck Of(Target target, Func<object?>? probe) => async review =>
    {
        var before = probe?.Invoke();
        var dry = await target.SendAsync(review.WithUid(Uid).DryRun());
        var after = probe?.Invoke();
        if (!Equals(before, after))
        {
            return new(string.Create(CultureInfo.InvariantCulture, $"The dry run had a side effect: the probe said {before ?? "null"} before and {after ?? "null"} after."), review.DryRun());
        }

        var real = await target.SendAsync(review.WithUid(Uid).DryRun(false));
        var differences = ObjectDiff.Lines(Answer(dry), Answer(real));
        return differences.Count == 0
            ? null
            : new($"From dry run to real, the answer differs:\n{string.Join('\n', differences)}", review.DryRun());
    };

    public static JsonObject Answer(AdmissionOutcome outcome) => new()
    {
        ["decision"] = outcome.Decision.ToString(),
        ["code"] = outcome.Code,
        ["reason"] = outcome.Reason,
        ["message"] = outcome.Message,
        ["failure"] = outcome.Failure,
        ["causes"] = new JsonArray([.. outcome.Causes.Select(cause => (JsonNode)$"{cause.Field}: {cause.Message} ({cause.Reason})")]),
        ["warnings"] = new JsonArray([.. outcome.Warnings.Select(warning => (JsonNode)warning)]),
        ["auditAnnotations"] = new JsonObject(outcome.AuditAnnotations.Select(annotation => KeyValuePair.Create(annotation.Key, (JsonNode?)annotation.Value))),
        ["patch"] = outcome.PatchJson,
    };
}
