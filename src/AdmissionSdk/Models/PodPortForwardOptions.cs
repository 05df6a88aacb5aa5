using System.Text.Json.Serialization;
using k8s;

namespace AdmissionSdk.Models;

/// <summary>The object of a CONNECT on <c>pods/portforward</c>.</summary>
/// <remarks>KubernetesClient has no model of this kind.</remarks>
public sealed class PodPortForwardOptions : IKubernetesObject
{
    /// <summary>The API version.</summary>
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; set; }

    /// <summary>The kind.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; set; }

    /// <summary>The ports to forward, for clients that use WebSockets.</summary>
    [JsonPropertyName("ports")]
    public IList<int>? Ports { get; set; }
}
