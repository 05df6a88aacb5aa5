namespace ImageRegistryWebhook.Registries;

/// <summary>Rules for one registry. A registry is asked only if the policy names it, not because it is listed here.</summary>
internal sealed class RegistryTrust
{
    /// <summary>The host or host:port, as in images.</summary>
    public string Host { get; set; } = "";

    /// <summary>True to use http for requests and credentials; false by default.</summary>
    public bool PlainHttp { get; set; }

    /// <summary>Networks such as <c>10.1.0.0/16</c> in which the registry may be, although private, loopback or link-local.</summary>
    public IList<string> Networks { get; set; } = [];

    /// <summary>Other hosts or host:ports that issue tokens for the registry, and so get its credentials.</summary>
    public IList<string> TokenRealms { get; set; } = [];
}
