using System.Globalization;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>The webhook that a review is sent to.</summary>
internal sealed record WebhookTarget(string Name, string Url, bool IsMutating, TimeSpan Timeout, WebhookDescriptor? Descriptor)
{
    /// <summary>Tells whether a handler is registered for the operation; true if the registration is not known.</summary>
    public bool MayGet(Operations operation) => Descriptor?.Handlers.Any(handler => (handler.Operations & operation) != 0) ?? true;

    /// <exception cref="ArgumentException">The application has no webhook of the name, or has several webhooks and the call names none.</exception>
    public static WebhookTarget Find(IReadOnlyList<WebhookDescriptor> webhooks, string? wanted)
    {
        if (wanted is null)
        {
            return webhooks.Count == 1
                ? Of(webhooks[0])
                : throw new ArgumentException($"Name the webhook to send to: {Known(webhooks)}.", nameof(wanted));
        }

        if (wanted.StartsWith('/'))
        {
            var path = wanted.Split('?')[0];
            var known = webhooks.FirstOrDefault(webhook => webhook.Path.TrimEnd('/') == path.TrimEnd('/'));
            var timeout = known?.Timeout ?? TimeSpan.FromSeconds(10);
            // A review may be sent to a path that is not registered, to test the 404.
            return new(known?.Name ?? path, wanted.Contains('?', StringComparison.Ordinal) ? wanted : UrlOf(path, timeout), known?.Type != WebhookType.Validating, timeout, known);
        }

        return webhooks.FirstOrDefault(webhook => webhook.Name == wanted) is { } named
            ? Of(named)
            : throw new ArgumentException($"The webhook \"{wanted}\" is not known: {Known(webhooks)}.", nameof(wanted));
    }

    private static WebhookTarget Of(WebhookDescriptor webhook) =>
        new(webhook.Name, UrlOf(webhook.Path, webhook.Timeout), webhook.Type == WebhookType.Mutating, webhook.Timeout, webhook);

    // Contract 8.2: whole seconds.
    private static string UrlOf(string path, TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}?timeout={(int)Math.Ceiling(timeout.TotalSeconds)}s");

    private static string Known(IReadOnlyList<WebhookDescriptor> webhooks) => webhooks.Count == 0
        ? "the application's webhooks are not known here, so give a path, such as /mutate"
        : $"the application has {string.Join(", ", webhooks.Select(webhook => $"{webhook.Name} ({webhook.Path})"))}";
}
