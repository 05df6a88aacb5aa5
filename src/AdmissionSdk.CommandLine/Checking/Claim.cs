using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>A webhook that gets to see an object.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Resource">The object's resource.</param>
/// <param name="OtherVersion">The version it would be converted to first, which only the API server can do; null if it need not be.</param>
internal sealed record Claim(WebhookDescriptor Webhook, string Resource, string? OtherVersion);
