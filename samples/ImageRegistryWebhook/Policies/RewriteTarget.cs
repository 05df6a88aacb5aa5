using System.Diagnostics.CodeAnalysis;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>The target of a rewrite.</summary>
/// <param name="Text">Host, port and path prefix as written in the policy.</param>
/// <param name="Host">The registry.</param>
/// <param name="Prefix">The path prefix, or empty.</param>
/// <param name="AddsLibrary">True if a repository of one component becomes an official image of Docker Hub at the target.</param>
internal sealed record RewriteTarget(string Text, RegistryHost Host, string Prefix, bool AddsLibrary)
{
    /// <summary>Reads a target.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RewriteTarget? target, [NotNullWhen(false)] out string? error)
    {
        target = null;
        error = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? text : text[..slash];
        var prefix = slash < 0 ? "" : text[(slash + 1)..];
        if (text.Contains("://", StringComparison.Ordinal))
        {
            error = "is a URL; write only host[:port][/prefix]";
        }
        else if (text.EndsWith('/') || !ImageReference.TryParse(text + "/x", out var probe, out _) || probe.Suffix.Length > 0)
        {
            error = "is not host[:port][/prefix]";
        }
        else if (probe.WrittenPath != (prefix.Length == 0 ? "x" : prefix + "/x"))
        {
            error = $"does not begin with a registry: \"{domain}\" alone would be read as a path on Docker Hub; a host has a dot, a port, or is localhost";
        }
        else
        {
            target = new RewriteTarget(text, probe.Host, prefix, probe.Path != probe.WrittenPath);
        }

        return error is null;
    }

    /// <summary>The image below the target, with tag and digest as written.</summary>
    public string Rewrite(ImageReference image, RewritePath path) => path switch
    {
        RewritePath.AsWritten => $"{Text}/{image.WrittenPath}{image.Suffix}",
        RewritePath.HostInPath => $"{Text}/{Component(image.Host)}/{image.Path}{image.Suffix}",
        _ => $"{Text}/{image.Path}{image.Suffix}",
    };

    /// <summary>A path at the target.</summary>
    public string Below(string component) => Prefix.Length == 0 ? component : $"{Prefix}/{component}";

    /// <summary>A registry as a component of a path. A component cannot have a ":" and a host cannot have a "_", so that two hosts never share a path.</summary>
    public static string Component(RegistryHost host) => host.ToString().Replace(':', '_');
}
