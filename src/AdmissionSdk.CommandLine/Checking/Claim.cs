using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>A webhook that the API server would call about an object.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Resource">The object's resource.</param>
/// <param name="OtherVersion">The version to which the API server would convert the object first; null without a conversion.</param>
internal sealed record Claim(WebhookDescriptor Webhook, string Resource, string? OtherVersion);
