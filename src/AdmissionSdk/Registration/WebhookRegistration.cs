namespace AdmissionSdk.Registration;

/// <summary>One webhook as it was added; becomes a descriptor when the options are known.</summary>
internal sealed record WebhookRegistration(Func<AdmissionWebhookOptions, WebhookDescriptor> Build);
