namespace ImageRegistryWebhook.Registries;

/// <summary>
/// The configuration section <c>RegistryLookup</c>: what whoever deploys the webhook trusts it to do. Whom it asks, and about what, is the policy's to say;
/// where that may lead inside the network is not.
/// </summary>
internal sealed class RegistryLookupOptions
{
    public const string Section = "RegistryLookup";
    public const string CredentialsFileKey = Section + ":" + nameof(CredentialsFile);
    public const string CredentialsSecretKey = Section + ":" + nameof(CredentialsSecret);

    /// <summary>Whether registries are asked at all; <c>true</c> by default, and then only if the policy wants something known.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A mounted <c>.dockerconfigjson</c> with the webhook's own credentials; none by default. Noticed when it changes.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>
    /// The Secret of type <c>kubernetes.io/dockerconfigjson</c> that generated pods mount as their <see cref="CredentialsFile"/>; none by default. Read by
    /// the command <c>manifests</c> only.
    /// </summary>
    public string? CredentialsSecret { get; set; }

    /// <summary>The longest an answer may take, whatever the policy's <c>check.timeout</c> says; 2 s by default, well below a webhook's timeout.</summary>
    public TimeSpan LongestTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest a connection may take, TLS included; 750 ms by default. Below what an answer may take, a registry that swallows connections is told from
    /// one that is slow, and soon not asked any more.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>How long "it is not there" is remembered, unless <c>check.cache</c> is shorter; 30 s by default, for what is pushed a moment later.</summary>
    public TimeSpan AbsentCache { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it is remembered that there was no usable answer; 5 s by default.</summary>
    public TimeSpan FailureCache { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many answers are remembered; 10,000 by default.</summary>
    public int CacheEntries { get; set; } = 10_000;

    /// <summary>How many answers can be under way at once; 64 by default. What comes on top gets none.</summary>
    public int MaxConcurrent { get; set; } = 64;

    /// <summary>Networks that no registry may be in, such as pod and service networks with public addresses; they win over <see cref="RegistryTrust.Networks"/>.</summary>
    public IList<string> RefusedNetworks { get; set; } = [];

    /// <summary>Registries, and hosts that issue their tokens, to which other rules apply than to registries on the Internet.</summary>
    public IList<RegistryTrust> Registries { get; set; } = [];
}
