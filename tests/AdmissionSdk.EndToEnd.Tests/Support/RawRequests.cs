using System.Text;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Requests with JSON that KubernetesClient's models cannot hold.</summary>
internal static class RawRequests
{
    public static async Task<string> PostAsync(IKubernetes client, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(client.BaseUri, path))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
            Version = System.Net.HttpVersion.Version11,
        };
        using var response = await ((Kubernetes)client).HttpClient.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{(int)response.StatusCode}: {body}");
    }
}
