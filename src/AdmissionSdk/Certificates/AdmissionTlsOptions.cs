namespace AdmissionSdk.Certificates;

/// <summary>Settings of the listener for the API server, from code or the configuration section <c>AdmissionWebhooks:Tls</c>, which wins. Read once, at start.</summary>
public sealed class AdmissionTlsOptions
{
    /// <summary>The IP address to listen on, such as <c>127.0.0.1</c> or <c>10.1.2.3</c>, for a machine with a network that must not reach the port.</summary>
    /// <value>The default is null: all addresses, IPv4 and IPv6.</value>
    public string? Address { get; set; }

    /// <summary>The port to listen on. Zero takes any free port.</summary>
    /// <value>The default is 8443.</value>
    public int Port { get; set; } = 8443;

    /// <summary>The origin of the serving certificate.</summary>
    /// <value>
    /// The default is null: <see cref="CertificateMode.Files"/> if <see cref="CertificatePath"/> is set; otherwise <see cref="CertificateMode.Development"/>
    /// in the environment Development, on port 0, and with <see cref="DevelopmentCertificatePath"/>; otherwise the application does not start.
    /// </value>
    public CertificateMode? Mode { get; set; }

    /// <summary>
    /// The PEM file with the serving certificate, followed by its intermediates: the <c>tls.crt</c> of a mounted <c>kubernetes.io/tls</c> secret.
    /// The certificate's subject alternative names must contain <c>service.namespace.svc</c>: the API server looks at nothing else.
    /// </summary>
    /// <value>The default is null: no file.</value>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM file with the unencrypted private key: the <c>tls.key</c> of the secret.</summary>
    /// <value>The default is null: <c>tls.key</c> beside <see cref="CertificatePath"/>.</value>
    public string? KeyPath { get; set; }

    /// <summary>The interval at which the files are read again. The files are watched too, but not every file system reports changes.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>More DNS names for the development certificate, which is always valid for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</summary>
    /// <value>The default is empty.</value>
    public IList<string> DevelopmentHostNames { get; } = [];

    /// <summary>The file that the development certificate is written to, without its key, for <c>curl --cacert</c> or a <c>caBundle</c>.</summary>
    /// <value>The default is null: no such file. The certificate and its key are kept in the user's profile.</value>
    public string? DevelopmentCertificatePath { get; set; }

    /// <summary>
    /// The PEM file with the authorities whose client certificates callers of the webhooks must show; a replaced file is noticed. Other callers get
    /// status 403, and so do requests over plain HTTP, over listeners of your own, or in memory. Endpoints that are not webhooks, such as the
    /// kubelet's probes, need no certificate.
    /// </summary>
    /// <remarks>Endpoints of your own see every client certificate, also one that the webhooks refuse.</remarks>
    /// <value>The default is null: everybody who reaches the port may post reviews, because by default the API server has no certificate to show.</value>
    public string? ClientCaPath { get; set; }

    /// <summary>The common names or DNS names of the certificates that are accepted, for an authority that signs others too, as the cluster's own does.</summary>
    /// <value>The default is empty: every certificate that <see cref="ClientCaPath"/> has signed.</value>
    public IList<string> ClientNames { get; } = [];

    /// <summary>The directory that keeps the development certificate and its key between starts; null for memory only.</summary>
    internal string? DevelopmentStore { get; set; } = DevelopmentCertificateFile.DefaultDirectory;

    /// <summary>Settings of <see cref="CertificateMode.Managed"/>.</summary>
    public ManagedCertificateOptions ManagedCertificates { get; } = new();

    /// <summary>
    /// Chooses <see cref="CertificateMode.Managed"/>: the application makes its own CA and certificates, shares them between replicas in a Secret, puts
    /// the CA bundle into its webhook configurations, and renews everything in time. The rights for it are in the <c>rbac.yaml</c> of <c>manifests</c>.
    /// In the environment Development and outside a cluster a development certificate is served.
    /// </summary>
    /// <param name="configure">Settings.</param>
    public void Managed(Action<ManagedCertificateOptions>? configure = null)
    {
        Mode = CertificateMode.Managed;
        configure?.Invoke(ManagedCertificates);
    }

    internal CertificateMode EffectiveMode => Mode ?? (CertificatePath is not null ? CertificateMode.Files : CertificateMode.Development);
}
