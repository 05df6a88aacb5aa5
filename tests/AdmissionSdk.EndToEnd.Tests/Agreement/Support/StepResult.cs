using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>What the user of the API server got, and of audit annotations what webhooks made.</summary>
internal sealed record StepResult(int Code, JsonObject? Body, IReadOnlyList<string> Warnings)
{
    public string? RetryAfter { get; init; }

    public IReadOnlyList<string> Audit { get; init; } = [];
}
