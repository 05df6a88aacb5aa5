using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The API server's response to a user, and the audit annotations of webhooks.</summary>
internal sealed record StepResult(int Code, JsonObject? Body, IReadOnlyList<string> Warnings)
{
    public string? RetryAfter { get; init; }

    public IReadOnlyList<string> Audit { get; init; } = [];
}
