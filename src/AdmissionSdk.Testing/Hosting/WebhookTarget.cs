using System.Globalization;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>The webhook that a review is sent to.</summary>
internal sealed record WebhookTarget(string Name, string Url, bool IsMutating, TimeSpan Timeout, WebhookDescriptor? Descriptor)
{
    /// <summary>Tells whether a handler is registered for the review, so that the API server sends it; true if the registration or the review cannot be read.</summary>
    public bool MayGet(AdmissionReviewBuilder review)
    {
        if (Descriptor is null)
        {
            return true;
        }

        try
        {
            var request = AdmissionReviewReader.Read(review.ToBytes());
            return Descriptor.Handlers.Any(handler => handler.Claims(request.Resource, request.Subresource, request.Operation, request.Namespace));
        }
        catch (ReviewReadException)
        {
            return true;
        }
    }

    /// <exception cref="ArgumentException">The application has no webhook of the name, or has several webhooks and the call names none.</exception>
    public static WebhookTarget Find(IReadOnlyList<WebhookDescriptor> webhooks, string? webhook)
    {
        if (webhook is null)
        {
            return webhooks.Count == 1
                ? Of(webhooks[0])
                : throw new ArgumentException($"Name the webhook to send to: {Known(webhooks)}.", nameof(webhook));
        }

        if (webhook.StartsWith('/'))
        {
            var path = webhook.Split('?')[0];
            var known = webhooks.FirstOrDefault(item => item.Path.TrimEnd('/') == path.TrimEnd('/'));
            var timeout = known?.Timeout ?? TimeSpan.FromSeconds(10);
            // A review may be sent to a path that is not registered, to test the 404.
            return new(known?.Name ?? path, webhook.Contains('?', StringComparison.Ordinal) ? webhook : UrlOf(path, timeout), known?.Type != WebhookType.Validating, timeout, known);
        }

        return webhooks.FirstOrDefault(item => item.Name == webhook) is { } named
            ? Of(named)
            : throw new ArgumentException($"The webhook \"{webhook}\" is not known: {Known(webhooks)}.", nameof(webhook));
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
