using AdmissionSdk.Serialization;

namespace AdmissionSdk.Registration;

/// <summary>Checks that the types of handlers can be read and written as Kubernetes' JSON.</summary>
internal static class ObjectTypeValidator
{
    public static IEnumerable<string> Validate(IReadOnlyList<WebhookDescriptor> webhooks, AdmissionJson json) =>
        from webhook in webhooks
        from type in webhook.Handlers.Select(handler => handler.ObjectType).Distinct()
        from problem in UnfitMembers.Find(type, json.Options)
        select $"{webhook.Name}: {problem}";
}
