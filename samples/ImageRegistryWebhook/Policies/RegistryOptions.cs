using System.ComponentModel.DataAnnotations;

namespace ImageRegistryWebhook.Policies;

/// <summary>The configuration section <c>Registry</c>.</summary>
internal sealed class RegistryOptions
{
    /// <summary>Where images of Docker Hub are pulled from: a host, with a port or a path prefix if need be.</summary>
    [Required]
    public string Target { get; set; } = "registry.example.com";
}
