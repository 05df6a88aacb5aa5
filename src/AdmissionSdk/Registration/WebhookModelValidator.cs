using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>Checks the parts that the API server cannot know: handlers, and webhooks that collide in the application.</summary>
internal static class WebhookModelValidator
{
    public static IReadOnlyList<string> Validate(IReadOnlyList<WebhookDescriptor> webhooks) =>
    [
        .. webhooks.SelectMany(ValidateOne),
        .. Duplicates(webhooks, webhook => webhook.Name).Select(group =>
            $"{group.Key}: the name is used {group.Count()} times; add all its handlers to one webhook with Handle, or give each its own name."),
        .. Duplicates(webhooks, webhook => webhook.Path.TrimEnd('/')).Select(group =>
            $"{string.Join(" and ", group.Select(webhook => webhook.Name))}: both answer on {group.Key}; give each its own Path."),
    ];

    private static IEnumerable<IGrouping<string, WebhookDescriptor>> Duplicates(
        IEnumerable<WebhookDescriptor> webhooks, Func<WebhookDescriptor, string> key) =>
        webhooks.GroupBy(key, StringComparer.Ordinal).Where(group => group.Count() > 1);

    private static IEnumerable<string> ValidateOne(WebhookDescriptor webhook)
    {
        if (webhook.Handlers.Count == 0)
        {
            yield return $"{webhook.Name}: it has no handler; add one with Handle.";
        }

        if (webhook.RegisteredTimeout.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            yield return $"{webhook.Name}: the timeout is {webhook.RegisteredTimeout.TotalSeconds:0.###} s; use whole seconds from {WebhookSettings.ShortestTimeout} to {WebhookSettings.LongestTimeout}.";
        }

        foreach (var handler in webhook.Handlers.Where(handler => handler.Resources.Count == 0))
        {
            yield return $"{webhook.Name}: {handler.ObjectType.Name} does not say which resource it belongs to; add .Resource(group, version, plural) to the handler {handler.Name}.";
        }

        foreach (var problem in HandlerVersions.FindProblems(webhook.Handlers).Distinct())
        {
            yield return $"{webhook.Name}: {problem}";
        }

        foreach (var problem in webhook.Handlers.SelectMany(handler => handler.Resources).Select(ResourceTargetValidator.Validate).OfType<string>().Distinct())
        {
            yield return $"{webhook.Name}: {problem}";
        }
    }
}
