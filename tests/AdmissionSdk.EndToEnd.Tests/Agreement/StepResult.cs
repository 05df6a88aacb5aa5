using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>What the user of the API server got.</summary>
internal sealed record StepResult(int Code, JsonObject? Body, IReadOnlyList<string> Warnings);
