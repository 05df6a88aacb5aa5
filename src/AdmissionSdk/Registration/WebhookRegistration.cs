using AdmissionSdk.Configuration;

namespace AdmissionSdk.Registration;

/// <summary>One webhook as it was added; becomes a descriptor when options and configuration are known.</summary>
internal sealed record WebhookRegistration(Func<WebhookSources, WebhookDescriptor> Build);
