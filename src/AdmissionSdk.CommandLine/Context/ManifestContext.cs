using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>The facts from which the objects of an installation are made.</summary>
public sealed class ManifestContext
{
    internal ManifestContext(WebhookRegistry registry, ManifestOptions target, DeploymentOptions deployment, HostFacts host)
    {
        Registry = registry;
        Target = target;
        Deployment = deployment;
        Host = host;
    }

    /// <summary>The application's webhooks.</summary>
    public WebhookRegistry Registry { get; }

    /// <summary>The place of the application in the cluster.</summary>
    public ManifestOptions Target { get; }

    /// <summary>The look of the Deployment, with the options of the command.</summary>
    public DeploymentOptions Deployment { get; }

    /// <summary>The port on which the application listens.</summary>
    public int Port => Host.Port;

    internal HostFacts Host { get; }

    internal bool IsManaged => Deployment.Certificates == CertificateSource.Managed;

    internal string CertificateSecret => Deployment.CertificateSecret ?? $"{Target.App}-tls";

    internal IReadOnlyDictionary<string, string> Selector => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = Target.App,
        ["app.kubernetes.io/instance"] = Target.Namespace,
    };
}
