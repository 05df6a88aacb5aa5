using AdmissionSdk.Registration;

namespace AdmissionSdk.Hosting;

/// <summary>How long stopping may take: the drain delay, then the longest review, then a moment for the server itself.</summary>
internal static class GracePeriod
{
    private static readonly TimeSpan ServerStop = TimeSpan.FromSeconds(2);

    public static TimeSpan Longest(IEnumerable<WebhookDescriptor> webhooks) =>
        webhooks.Select(webhook => webhook.Timeout).DefaultIfEmpty(TimeSpan.Zero).Max();

    public static TimeSpan For(IEnumerable<WebhookDescriptor> webhooks, TimeSpan drainDelay) => drainDelay + Longest(webhooks) + ServerStop;
}
