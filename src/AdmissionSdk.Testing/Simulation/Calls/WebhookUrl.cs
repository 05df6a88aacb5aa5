using AdmissionSdk.Testing.Simulation.Configuration;

namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>Makes the URL that the API server posts to (contract 6.1).</summary>
internal static class WebhookUrl
{
    public static Uri Create(WebhookDefinition webhook, TimeSpan timeout)
    {
        var query = timeout > TimeSpan.Zero ? $"?timeout={(long)Math.Ceiling(timeout.TotalSeconds)}s" : "";
        if (webhook.ClientConfig.Service is { } service)
        {
            // The port is always written; Uri would leave out 443.
            var path = Clean(service.Path ?? "");
            return new Uri($"https://{service.Name}.{service.NamespaceProperty}.svc:{service.Port ?? 443}{path}{query}");
        }

        var url = new Uri(webhook.ClientConfig.Url);
        return new Uri($"https://{url.Authority}{Clean(url.AbsolutePath)}{query}");
    }

    /// <summary>Formats the URL for messages.</summary>
    public static string Display(WebhookDefinition webhook, Uri url) => $"https://{Authority(webhook, url)}{url.PathAndQuery}";

    public static string Authority(WebhookDefinition webhook, Uri url) =>
        webhook.ClientConfig.Service is not null ? $"{url.Host}:{url.Port}"
            : new Uri(webhook.ClientConfig.Url).OriginalString["https://".Length..].Split('/')[0];

    private static string Clean(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                segments.Add(segment);
            }
        }

        return $"/{string.Join('/', segments)}";
    }
}
