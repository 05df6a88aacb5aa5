using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>The parts of an outcome that users of the cluster can see, for a comparison of two outcomes.</summary>
internal static class OutcomeContent
{
    public static IReadOnlyList<string> Differences(AdmissionOutcome before, AdmissionOutcome after) => ObjectDiff.Lines(Read(before), Read(after));

    private static JsonObject Read(AdmissionOutcome outcome) => new()
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
