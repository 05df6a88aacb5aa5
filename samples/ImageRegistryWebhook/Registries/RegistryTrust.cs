namespace ImageRegistryWebhook.Registries;

/// <summary>What one registry may do that others may not. Listing it here does not mean that it is asked: that takes a policy that names it.</summary>
internal sealed class RegistryTrust
{
    /// <summary>The host or host:port, as in images.</summary>
    public string Host { get; set; } = "";

    /// <summary>Whether it is asked over http instead of https; credentials go that way too.</summary>
    public bool PlainHttp { get; set; }

    /// <summary>Networks such as <c>10.1.0.0/16</c> in which it may be although they are private, loopback or link-local.</summary>
    public IList<string> Networks { get; set; } = [];

    /// <summary>Other hosts or host:ports that issue tokens for it, and so are shown the credentials for it.</summary>
    public IList<string> TokenRealms { get; set; } = [];
}
