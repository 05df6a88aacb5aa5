using System.Text.Json.Serialization;
using k8s;

namespace AdmissionSdk.Models;

/// <summary>The object of a CONNECT on <c>pods/exec</c>: the command to run. A mutator's edits take effect.</summary>
/// <remarks>KubernetesClient has no model of this kind.</remarks>
public sealed record PodExecOptions : IKubernetesObject
{
    /// <summary>The API version.</summary>
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; set; }

    /// <summary>The kind.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; set; }

    /// <summary>True if stdin is forwarded.</summary>
    [JsonPropertyName("stdin")]
    public bool? Stdin { get; set; }

    /// <summary>True if stdout is sent back.</summary>
    [JsonPropertyName("stdout")]
    public bool? Stdout { get; set; }

    /// <summary>True if stderr is sent back.</summary>
    [JsonPropertyName("stderr")]
    public bool? Stderr { get; set; }

    /// <summary>True if a terminal is allocated.</summary>
    [JsonPropertyName("tty")]
    public bool? Tty { get; set; }

    /// <summary>The container to run in; null when the pod has only one.</summary>
    [JsonPropertyName("container")]
    public string? Container { get; set; }

    /// <summary>The command and its arguments, not run in a shell.</summary>
    [JsonPropertyName("command")]
    public IList<string>? Command { get; set; }
}
