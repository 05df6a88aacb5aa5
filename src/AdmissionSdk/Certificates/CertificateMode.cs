namespace AdmissionSdk.Certificates;

/// <summary>The origin of the serving certificate.</summary>
public enum CertificateMode
{
    /// <summary>A certificate for localhost that the application makes for itself, and keeps in the user's profile.</summary>
    Development,

    /// <summary>PEM files that something else makes and replaces, such as a mounted <c>kubernetes.io/tls</c> secret.</summary>
    Files,

    /// <summary>A CA of the application's own, in a Secret that all replicas share, with certificates that renew themselves. Needs a cluster.</summary>
    Managed,
}
