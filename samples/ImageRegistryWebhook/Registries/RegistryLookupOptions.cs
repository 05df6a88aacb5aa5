namespace ImageRegistryWebhook.Registries;

/// <summary>
/// The configuration section <c>RegistryLookup</c>: limits that the deployer of the webhook sets. The policy chooses the registries; these options choose
/// the networks, the credentials and the times.
/// </summary>
internal sealed class RegistryLookupOptions
{
    public const string Section = "RegistryLookup";
    public const string CredentialsFileKey = Section + ":" + nameof(CredentialsFile);
    public const string CredentialsSecretKey = Section + ":" + nameof(CredentialsSecret);

    /// <summary>True to ask registries, if the policy needs facts; <c>true</c> by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A mounted <c>.dockerconfigjson</c> with the webhook's own credentials; none by default. Changes are noticed.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>
    /// The Secret of type <c>kubernetes.io/dockerconfigjson</c> that generated pods mount as their <see cref="CredentialsFile"/>; none by default. Read only
    /// by the command <c>manifests</c>.
    /// </summary>
    public string? CredentialsSecret { get; set; }

    /// <summary>The upper limit of the policy's <c>check.timeout</c>; 2 s by default, well below a webhook's timeout.</summary>
    public TimeSpan LongestTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The time that a connection may take, TLS included; 750 ms by default. A value below the timeout of a look-up separates a registry that drops
    /// connections, which is soon not asked any more, from a slow one.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>The time that an absent image is remembered, unless <c>check.cache</c> is shorter; 30 s by default, so that a new image is found soon.</summary>
    public TimeSpan AbsentCache { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time that a failed look-up is remembered; 5 s by default.</summary>
    public TimeSpan FailureCache { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of results that are remembered; 10,000 by default.</summary>
    public int CacheEntries { get; set; } = 10_000;

    /// <summary>The most look-ups at one time; 64 by default. Further look-ups are <see cref="LookupOutcome.Busy"/>.</summary>
    public int MaxConcurrent { get; set; } = 64;

    /// <summary>Networks in which no registry may be, such as pod and service networks with public addresses. Wins over <see cref="RegistryTrust.Networks"/>.</summary>
    public IList<string> RefusedNetworks { get; set; } = [];

    /// <summary>Registries, and hosts that issue tokens, with other rules than for registries on the Internet.</summary>
    public IList<RegistryTrust> Registries { get; set; } = [];
}
