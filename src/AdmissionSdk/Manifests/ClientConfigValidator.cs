using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>The API server's checks of where a webhook is (contract 19.3), and of static manifests (contract 18.1).</summary>
internal static class ClientConfigValidator
{
    public static void Validate(Admissionregistrationv1WebhookClientConfig? client, bool isStatic, ProblemList problems)
    {
        problems.Check(client?.Url is null != client?.Service is null, "clientConfig needs either a url or a service, and not both.");
        problems.Check(!isStatic || client?.Service is null, "static manifests can only call a url; set one (--url).");
        if (client?.Url is { } url)
        {
            ValidateUrl(url, problems);
        }

        if (client?.Service is not { } service)
        {
            return;
        }

        problems.Check(!string.IsNullOrEmpty(service.Name), "the service's name is missing.");
        problems.Check(!string.IsNullOrEmpty(service.NamespaceProperty), "the service's namespace is missing.");
        problems.Check(service.Port is null or (>= 1 and <= 65535), $"the service's port is {service.Port}; it must be 1 to 65535.");
        problems.Check(
            IsServicePath(service.Path),
            $"the path \"{service.Path}\" must look like /mutate or /mutate/pods: lower-case letters, digits, '-' and '.' in each segment.");
    }

    private static void ValidateUrl(string text, ProblemList problems)
    {
        if (!problems.Check(
            Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.Host.Length > 0,
            $"the url \"{text}\" must begin with https:// and a host."))
        {
            return;
        }

        problems.Check(url!.UserInfo.Length == 0, $"the url \"{text}\" must not carry a user or password.");
        problems.Check(url.Query.Length == 0 && !text.Contains('?', StringComparison.Ordinal), $"the url \"{text}\" must not have a query.");
        problems.Check(url.Fragment.Length == 0, $"the url \"{text}\" must not have a fragment.");
    }

    private static bool IsServicePath(string? path)
    {
        if (path is null or "" or "/")
        {
            return true;
        }

        if (path[0] != '/' || path == "//")
        {
            return false;
        }

        var segments = path[^1] == '/' ? path[1..^1] : path[1..];
        return segments.Split('/').All(KubernetesNames.IsSubdomain);
    }
}
