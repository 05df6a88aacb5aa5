using System.Globalization;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes the Deployment, with everything that keeps a part of the control plane up and harmless (contract 20.2).</summary>
internal static class DeploymentManifest
{
    private const int UnprivilegedUser = 65532;

    public static V1Deployment Create(ManifestContext context) => new()
    {
        ApiVersion = "apps/v1",
        Kind = V1Deployment.KubeKind,
        Metadata = Parts.Metadata(context),
        Spec = new V1DeploymentSpec
        {
            Replicas = context.Deployment.Replicas,
            Selector = Parts.Selector(context),
            Strategy = new V1DeploymentStrategy
            {
                Type = "RollingUpdate",
                RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = 1 },
            },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = Parts.Labels(context) },
                Spec = Pod(context),
            },
        },
    };

    private static V1PodSpec Pod(ManifestContext context) => new()
    {
        ServiceAccountName = context.Target.App,
        AutomountServiceAccountToken = RbacManifests.NeedsToken(context),
        PriorityClassName = context.Deployment.PriorityClass,
        TerminationGracePeriodSeconds = (long)Math.Ceiling(context.Registry.GracePeriod.TotalSeconds),
        SecurityContext = new V1PodSecurityContext
        {
            RunAsNonRoot = true,
            RunAsUser = UnprivilegedUser,
            RunAsGroup = UnprivilegedUser,
            FsGroup = UnprivilegedUser,
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        },
        TopologySpreadConstraints = [Spread(context, "kubernetes.io/hostname"), Spread(context, "topology.kubernetes.io/zone")],
        Containers = [Container(context)],
        Volumes =
        [
            .. context.IsManaged ? Array.Empty<V1Volume>() : [new V1Volume { Name = "tls", Secret = new V1SecretVolumeSource { SecretName = context.CertificateSecret } }],
            new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("64Mi") } },
        ],
    };

    private static V1Container Container(ManifestContext context) => new()
    {
        Name = "webhook",
        Image = context.Deployment.Image ?? $"{context.Target.App}:latest",
        Ports = [new V1ContainerPort { Name = Parts.PortName, ContainerPort = context.Port }],
        Env = [.. Environment(context).Select(item => new V1EnvVar { Name = item.Name, Value = item.Value })],
        LivenessProbe = Probe("/livez", failures: 3),
        ReadinessProbe = Probe("/readyz", failures: 1),
        StartupProbe = Probe("/livez", failures: 30),
        Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity>
            {
                ["cpu"] = new(context.Deployment.CpuRequest),
                ["memory"] = new(context.Deployment.MemoryRequest),
            },
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new(context.Deployment.MemoryLimit) },
        },
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            .. context.IsManaged ? Array.Empty<V1VolumeMount>() : [new V1VolumeMount { Name = "tls", MountPath = "/tls", ReadOnlyProperty = true }],
            new V1VolumeMount { Name = "tmp", MountPath = "/tmp" },
        ],
    };

    private static IEnumerable<(string Name, string Value)> Environment(ManifestContext context)
    {
        // The drift check needs these settings to expect the generated configurations.
        var target = context.Target;
        yield return ("AdmissionWebhooks__Manifests__App", target.App);
        yield return ("AdmissionWebhooks__Manifests__Namespace", target.Namespace);
        if (target.ServiceName != target.App)
        {
            yield return ("AdmissionWebhooks__Manifests__ServiceName", target.ServiceName);
        }

        if (target.ServicePort != 443)
        {
            yield return ("AdmissionWebhooks__Manifests__ServicePort", target.ServicePort.ToString(CultureInfo.InvariantCulture));
        }

        if (target.InjectCaFrom is { } certificate)
        {
            yield return ("AdmissionWebhooks__Manifests__InjectCaFrom", certificate);
        }

        if (target.Url is { } url)
        {
            yield return ("AdmissionWebhooks__Manifests__Url", url.AbsoluteUri);
        }

        if (context.IsManaged)
        {
            yield return ("AdmissionWebhooks__Tls__Mode", "Managed");
        }
        else if (context.Deployment.OwnTlsPort is null)
        {
            yield return ("AdmissionWebhooks__Tls__CertificatePath", "/tls/tls.crt");
        }

        // The runtime cannot make its diagnostics pipe in a read-only root file system.
        yield return ("DOTNET_EnableDiagnostics", "0");
    }

    private static V1Probe Probe(string path, int failures) => new()
    {
        HttpGet = new V1HTTPGetAction { Path = path, Port = Parts.PortName, Scheme = "HTTPS" },
        FailureThreshold = failures,
        PeriodSeconds = failures > 3 ? 1 : 5,
        TimeoutSeconds = 2,
    };

    private static V1TopologySpreadConstraint Spread(ManifestContext context, string key) => new()
    {
        MaxSkew = 1,
        TopologyKey = key,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = Parts.Selector(context),
    };
}
