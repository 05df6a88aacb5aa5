using System.Text.Json.Serialization;
using k8s;

namespace AdmissionSdk.Models;

/// <summary>The options of an UPDATE, also of a patch, from <see cref="AdmissionContext.GetOptions{TOptions}"/>.</summary>
/// <remarks>KubernetesClient has no model of this kind.</remarks>
public sealed record UpdateOptions : IKubernetesObject
{
    /// <summary>The API version.</summary>
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; set; }

    /// <summary>The kind.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; set; }

    /// <summary>The stages that are only simulated; <c>All</c> is the one value.</summary>
    [JsonPropertyName("dryRun")]
    public IList<string>? DryRun { get; set; }

    /// <summary>The name of the client that makes the change.</summary>
    [JsonPropertyName("fieldManager")]
    public string? FieldManager { get; set; }

    /// <summary>The treatment of unknown fields: Ignore, Warn or Strict.</summary>
    [JsonPropertyName("fieldValidation")]
    public string? FieldValidation { get; set; }
}
