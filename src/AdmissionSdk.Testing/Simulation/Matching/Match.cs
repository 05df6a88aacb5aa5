using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Configuration;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>A webhook to be called, with the resource and kind that its rule matched; or the reason to skip the webhook.</summary>
internal sealed record Match(WebhookDefinition Webhook, ResourceInfo? Resource, ObjectKind Kind, string? SkipReason)
{
    public static Match Skip(WebhookDefinition webhook, string reason) => new(webhook, null, default, reason);
}
