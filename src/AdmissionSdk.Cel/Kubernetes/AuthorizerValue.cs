using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary><c>authorizer</c> on the way to a check: as itself, a path, a group, or a resource.</summary>
internal sealed class AuthorizerValue(string typeName, CelAuthorizationCheck check, Func<CelAuthorizationCheck, CelAuthorizationDecision> decide) : KubernetesValue(CelType.StructOf(typeName))
{
    public const string Authorizer = "kubernetes.authorization.Authorizer";
    public const string PathCheck = "kubernetes.authorization.PathCheck";
    public const string GroupCheck = "kubernetes.authorization.GroupCheck";
    public const string ResourceCheck = "kubernetes.authorization.ResourceCheck";

    public CelAuthorizationCheck Check => check;

    public AuthorizerValue With(string type, CelAuthorizationCheck changed) => new(type, changed, decide);

    public DecisionValue Decide(string verb) => new(decide(check with { Verb = verb }));

    public override string ToString() => TypeName;
}
