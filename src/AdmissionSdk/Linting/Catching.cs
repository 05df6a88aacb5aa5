using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Matches webhooks with resources, by the rules of the webhooks alone.</summary>
internal static class Catching
{
    public static bool Catches(this WebhookDescriptor webhook, string group, string resource, string subResource = "", Operations operations = Operations.All) =>
        webhook.Handlers.Any(handler => (handler.Operations & operations) != 0
            && handler.Resources.Any(target => Is(target.Group, group) && Is(target.Resource, resource) && Is(target.SubResource, subResource)));

    public static IEnumerable<(HandlerDescriptor Handler, ResourceTarget Target)> Targets(this WebhookDescriptor webhook) =>
        webhook.Handlers.SelectMany(handler => handler.Resources.Select(target => (handler, target)));

    public static string Name(this ResourceTarget target) => target.Group.Length == 0 ? target.RuleResource : $"{target.RuleResource}.{target.Group}";

    private static bool Is(string pattern, string value) => pattern == "*" || string.Equals(pattern, value, StringComparison.Ordinal);
}
