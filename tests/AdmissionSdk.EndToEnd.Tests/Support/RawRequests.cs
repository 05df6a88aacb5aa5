using System.Text;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Requests with JSON that KubernetesClient's models cannot hold.</summary>
internal static class RawRequests
{
    public static async Task<string> PostAsync(IKubernetes client, string path, string json)
    {
        var (status, body) = await SendAsync(client, HttpMethod.Post, path, json);
        return status is >= 200 and < 300 ? body : throw new InvalidOperationException($"{status}: {body}");
    }

    /// <summary>Sends a request and returns whatever comes back. A PATCH is a JSON merge patch.</summary>
    public static async Task<(int Status, string Body)> SendAsync(IKubernetes client, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path))
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"),
            Version = System.Net.HttpVersion.Version11,
        };
        using var response = await ((Kubernetes)client).HttpClient.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
