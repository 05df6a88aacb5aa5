using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Matches webhooks with resources, by the rules of the webhooks alone.</summary>
internal static class Catching
{
    public static bool Catches(this WebhookDescriptor webhook, string group, string resource, string subresource = "", Operations operations = Operations.Any) =>
        webhook.Handlers.Any(handler => handler.Catches(group, resource, subresource, operations));

    public static bool Catches(this HandlerDescriptor handler, string group, string resource, string subresource = "", Operations operations = Operations.Any) =>
        (handler.Operations & operations) != 0
        && IsInScope(handler.Scope, group, resource)
        && handler.Resources.Any(target => Is(target.Group, group) && Is(target.Resource, resource) && Is(target.Subresource, subresource));

    public static IEnumerable<(HandlerDescriptor Handler, ResourceTarget Target)> Targets(this WebhookDescriptor webhook) =>
        webhook.Handlers.SelectMany(handler => handler.Resources.Select(target => (handler, target)));

    public static string Name(this ResourceTarget target) => target.Group.Length == 0 ? target.RuleResource : $"{target.RuleResource}.{target.Group}";

    // A resource of which the scope is not known is taken to be meant.
    private static bool IsInScope(ResourceScope scope, string group, string resource) =>
        scope == ResourceScope.Any || BuiltInResources.IsNamespaced(group, resource) is not { } isNamespaced || isNamespaced == (scope == ResourceScope.Namespaced);

    private static bool Is(string pattern, string value) => pattern == "*" || string.Equals(pattern, value, StringComparison.Ordinal);
}
