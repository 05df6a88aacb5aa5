using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace AdmissionSdk;

/// <summary>A view of any object that sees only apiVersion, kind and metadata: for label, annotation and owner policies over many kinds.</summary>
/// <remarks>Everything else in the object is neither decoded nor touched by edits.</remarks>
public sealed class PartialObjectMetadata : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>The object's API version.</summary>
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; set; }

    /// <summary>The object's kind.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; set; }

    /// <summary>The object's metadata. Null only if the object has none, as with the options of a CONNECT.</summary>
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = null!;
}
