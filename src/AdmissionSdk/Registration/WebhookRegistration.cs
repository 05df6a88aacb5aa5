using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>One webhook as it was added; becomes a descriptor when options and configuration are known.</summary>
/// <param name="Name">The webhook's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Build">Makes the descriptor, out of the options and the webhook's settings in the configuration.</param>
internal sealed record WebhookRegistration(string Name, WebhookType Type, Func<AdmissionWebhookOptions, WebhookSettings, WebhookDescriptor> Build);
