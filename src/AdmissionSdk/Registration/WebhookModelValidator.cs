using System.Text.RegularExpressions;

namespace AdmissionSdk.Registration;

/// <summary>Checks the whole model at once, so that a typo is found at start and not by the API server.</summary>
internal static partial class WebhookModelValidator
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
        // Contract 19.2.
        if (webhook.Name.Length > 253 || !DnsName().IsMatch(webhook.Name) || webhook.Name.Count(c => c == '.') < 2)
        {
            yield return $"{webhook.Name}: the name must be a lower-case domain with at least three segments, such as images.registry.example.com.";
        }

        // Contract 19.3: every segment must be a DNS subdomain.
        if (!ServicePath().IsMatch(webhook.Path))
        {
            yield return $"{webhook.Name}: the path \"{webhook.Path}\" must look like /mutate or /mutate/pods: lower-case letters, digits, '-' and '.' in each segment.";
        }

        // Contract 19.6.
        if (webhook.Timeout < TimeSpan.FromSeconds(1) || webhook.Timeout > TimeSpan.FromSeconds(30) || webhook.Timeout.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            yield return $"{webhook.Name}: the timeout is {webhook.Timeout.TotalSeconds:0.###} s; use whole seconds from 1 to 30.";
        }

        if (webhook.Handlers.Count == 0)
        {
            yield return $"{webhook.Name}: it has no handler; add one with Handle.";
        }

        foreach (var handler in webhook.Handlers.Where(handler => handler.Resources.Count == 0))
        {
            yield return $"{webhook.Name}: {handler.ObjectType.Name} does not say which resource it belongs to; add .Resource(group, version, plural) to the handler {handler.Name}.";
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsName();

    [GeneratedRegex(@"^(/[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)+/?\z", RegexOptions.NonBacktracking)]
    private static partial Regex ServicePath();
}
