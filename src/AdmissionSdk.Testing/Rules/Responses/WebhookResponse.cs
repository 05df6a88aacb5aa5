using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Responses;

/// <summary>A response that passed the envelope checks.</summary>
internal sealed class WebhookResponse
{
    public bool Allowed { get; init; }

    public JsonObject? Status { get; init; }

    public byte[] Patch { get; init; } = [];

    public string PatchType { get; init; } = "";

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyDictionary<string, string> AuditAnnotations { get; init; } = new Dictionary<string, string>();
}
