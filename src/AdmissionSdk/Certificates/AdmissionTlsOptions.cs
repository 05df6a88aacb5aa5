namespace AdmissionSdk.Certificates;

/// <summary>How the application listens to the API server. Read once, at start, from code or the configuration section <c>AdmissionWebhooks:Tls</c>.</summary>
public sealed class AdmissionTlsOptions
{
    /// <summary>The port to listen on, on all addresses. Zero takes any free port.</summary>
    /// <value>The default is 8443.</value>
    public int Port { get; set; } = 8443;

    /// <summary>
    /// The PEM file with the serving certificate, followed by its intermediates: the <c>tls.crt</c> of a mounted <c>kubernetes.io/tls</c> secret.
    /// Its subject alternative names must contain <c>service.namespace.svc</c>: the API server looks at nothing else.
    /// </summary>
    /// <value>The default is null: a development certificate.</value>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM file with the unencrypted private key: the <c>tls.key</c> of the secret.</summary>
    /// <value>The default is null: <c>tls.key</c> beside <see cref="CertificatePath"/>.</value>
    public string? KeyPath { get; set; }

    /// <summary>How often the files are read again. They are watched too, but not every file system reports changes.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>More DNS names for the development certificate, which is always valid for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</summary>
    /// <value>The default is none.</value>
    public IList<string> DevelopmentHostNames { get; } = [];

    /// <summary>A file to write the development certificate to, for <c>curl --cacert</c> or a <c>caBundle</c>. It holds no key.</summary>
    /// <value>The default is null: it is only in memory (<see cref="ServingCertificate.Pem"/>).</value>
    public string? DevelopmentCertificatePath { get; set; }

    internal bool UsesFiles => CertificatePath is not null;
}
