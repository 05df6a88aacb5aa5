using System.Net;
using k8s;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Waits until a fresh API server serves requests and has made the namespaces that every cluster has.</summary>
internal static class Readiness
{
    private static readonly string[] Paths = [
        "readyz",
        .. TestNamespaceLabels.BuiltIn.Select(name => "api/v1/namespaces/" + name),
    ];

    /// <param name="configuration">An administrator.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="throwIfEnded">Throws if the server has ended, because further waiting is useless then.</param>
    /// <param name="failure">Makes the message of the exception from what was seen last.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    public static async Task WaitAsync(
        KubernetesClientConfiguration configuration, TimeSpan timeout, Action throwIfEnded, Func<string, string> failure, CancellationToken cancellationToken)
    {
        using var client = new Kubernetes(configuration);
        foreach (var path in Paths)
        {
            var address = new Uri(client.BaseUri, path);
            await Polling.UntilAsync(
                async token =>
                {
                    throwIfEnded();
                    return await AskAsync(client.HttpClient, address, token);
                },
                timeout,
                failure,
                cancellationToken);
        }
    }

    private static async Task<string?> AskAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? null
                : $"{address} answered {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";
        }
        catch (HttpRequestException exception)
        {
            return $"{address}: {exception.Message}";
        }
    }
}
