using System.Text.Json.Serialization;
using k8s;

namespace AdmissionSdk.Models;

/// <summary>The object of a CONNECT on <c>pods/proxy</c>.</summary>
/// <remarks>KubernetesClient has no model of this kind.</remarks>
public sealed class PodProxyOptions : IKubernetesObject
{
    /// <summary>The API version.</summary>
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; set; }

    /// <summary>The kind.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; set; }

    /// <summary>The URL path that is proxied.</summary>
    [JsonPropertyName("path")]
    public string? Path { get; set; }
}
