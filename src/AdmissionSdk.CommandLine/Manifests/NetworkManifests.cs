using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes the way to the pods: the Service, and a NetworkPolicy that closes every other port.</summary>
internal static class NetworkManifests
{
    public static V1Service Service(ManifestContext context) => new()
    {
        ApiVersion = "v1",
        Kind = V1Service.KubeKind,
        Metadata = Parts.Metadata(context, context.Target.ServiceName),
        Spec = new V1ServiceSpec
        {
            Selector = new Dictionary<string, string>(context.Selector),
            Ports = [new V1ServicePort { Name = Parts.PortName, Port = context.Target.ServicePort, TargetPort = Parts.PortName, Protocol = "TCP" }],
        },
    };

    // The API server often calls from the node's network, which no selector describes, so this port is open to every caller.
    public static V1NetworkPolicy Policy(ManifestContext context) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = V1NetworkPolicy.KubeKind,
        Metadata = Parts.Metadata(context),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = Parts.Selector(context),
            PolicyTypes = ["Ingress"],
            Ingress = [new V1NetworkPolicyIngressRule { Ports = [new V1NetworkPolicyPort { Port = context.Port, Protocol = "TCP" }] }],
        },
    };

    public static V1PodDisruptionBudget DisruptionBudget(ManifestContext context)
    {
        // policy/v1 since 1.21, unhealthyPodEvictionPolicy since 1.27.
        var version = context.Target.KubeVersion;
        return new()
        {
            ApiVersion = version >= new Version(1, 21) ? "policy/v1" : "policy/v1beta1",
            Kind = V1PodDisruptionBudget.KubeKind,
            Metadata = Parts.Metadata(context),
            Spec = new V1PodDisruptionBudgetSpec
            {
                MaxUnavailable = 1,
                Selector = Parts.Selector(context),
                UnhealthyPodEvictionPolicy = version >= new Version(1, 27) ? "AlwaysAllow" : null,
            },
        };
    }
}
