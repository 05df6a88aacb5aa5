namespace AdmissionSdk;

/// <summary>Whether a mutating webhook is called again when another one changed the object after it.</summary>
public enum ReinvocationPolicy
{
    /// <summary>Once per admission. Kubernetes' default.</summary>
    Never,

    /// <summary>Possibly once more, so the handlers must be idempotent.</summary>
    IfNeeded,
}
