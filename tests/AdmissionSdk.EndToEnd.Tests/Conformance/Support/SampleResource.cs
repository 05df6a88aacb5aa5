using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Conformance.Support;

/// <summary>A custom resource with a map of texts.</summary>
public sealed class SampleResource : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("data")]
    public Dictionary<string, string>? Data { get; set; }

    public static SampleResource Create(string kind, Dictionary<string, string> data, string version = "v1") => new()
    {
        ApiVersion = $"conformance.example.com/{version}",
        Kind = kind,
        Metadata = new V1ObjectMeta { Name = "s" },
        Data = data,
    };
}
