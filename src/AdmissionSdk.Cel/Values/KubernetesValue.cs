using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A value of a type of Kubernetes' libraries. Compared with a value of another type, it makes an error instead of false.</summary>
internal abstract class KubernetesValue(CelType type) : CelValue
{
    internal override CelType Type => type;

    /// <summary>True for a result of arithmetic, which Kubernetes finds unequal to everything on the right of <c>==</c>, by an error.</summary>
    public virtual bool IsComputed => false;
}
