namespace AdmissionSdk;

/// <summary>The objects that a rule is about. Namespaces themselves count as cluster-scoped.</summary>
public enum ResourceScope
{
    /// <summary>All, written <c>*</c>. Kubernetes' default.</summary>
    Any,

    /// <summary>Only cluster-scoped objects.</summary>
    Cluster,

    /// <summary>Only objects in a namespace.</summary>
    Namespaced,
}
