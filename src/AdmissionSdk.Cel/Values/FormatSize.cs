using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A format of Kubernetes, as far as costs know one.</summary>
internal abstract class FormatSize(CelType type, int regexSize) : KubernetesValue(type)
{
    /// <summary>The length that the API server takes its pattern for.</summary>
    public int RegexSize { get; } = regexSize;
}
