namespace AdmissionSdk.Certificates;

/// <summary>Settings of certificates that the application makes for itself in a cluster, in the configuration section <c>AdmissionWebhooks:Tls:ManagedCertificates</c>.</summary>
public sealed class ManagedCertificateOptions
{
    internal ManagedCertificateOptions()
    {
    }

    /// <summary>The Secret in the application's namespace that all replicas share. <c>manifests</c> creates the Secret empty, and the application fills it.</summary>
    /// <value>The default is null: the application's name followed by <c>-certificates</c>.</value>
    public string? SecretName { get; set; }

    /// <summary>The validity of a CA. A CA is replaced when less than a third of its validity is left.</summary>
    /// <value>The default is 365 days.</value>
    public TimeSpan CaLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>The validity of a serving certificate. A certificate is replaced when less than a third of its validity is left.</summary>
    /// <value>The default is 30 days.</value>
    public TimeSpan CertificateLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The wait between the moment in which every webhook configuration trusts a new CA and the first certificate of that CA. Configurations reach API
    /// servers with a lag, and no API server reports that it has them (contract 1.11).
    /// </summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan PropagationDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The interval at which each replica looks at the Secret and at the webhook configurations. Changes are watched too.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that the API server may take to respond.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal string SecretNameOf(string app) => SecretName ?? $"{app}-certificates";

    internal IEnumerable<string> FindProblems()
    {
        const string Name = "ManagedCertificates";
        if (new[] { CaLifetime, CertificateLifetime, Interval, Timeout }.Any(time => time <= TimeSpan.Zero) || PropagationDelay < TimeSpan.Zero)
        {
            yield return $"{Name} has a time that is not longer than zero; CaLifetime, CertificateLifetime, Interval and Timeout must be, and PropagationDelay may be zero.";
        }

        if (CertificateLifetime > CaLifetime)
        {
            yield return $"{Name}:CertificateLifetime is {CertificateLifetime} and CaLifetime {CaLifetime}; a certificate ends with its CA, so make CaLifetime at least as long.";
        }

        if (CertificateLifetime / 3 < 2 * Interval)
        {
            yield return $"{Name}:CertificateLifetime is {CertificateLifetime} and Interval {Interval}; a third of the lifetime must have room for two intervals, so that every replica sees a new certificate in time.";
        }

        if (CaLifetime / 3 < PropagationDelay + (2 * Interval))
        {
            yield return $"{Name}:CaLifetime is {CaLifetime} and PropagationDelay {PropagationDelay}; a third of the lifetime must have room for the delay and two intervals.";
        }
    }
}
