using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

internal sealed class DecisionValue(CelAuthorizationDecision decision) : KubernetesValue(CelType.StructOf(Name))
{
    public const string Name = "kubernetes.authorization.Decision";

    public CelAuthorizationDecision Decision => decision;

    public override string ToString() => TypeName;
}
