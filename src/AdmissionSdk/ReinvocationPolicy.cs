namespace AdmissionSdk;

/// <summary>The treatment of a mutating webhook when another webhook changed the object after it.</summary>
public enum ReinvocationPolicy
{
    /// <summary>Once per admission. Kubernetes' default.</summary>
    Never,

    /// <summary>Possibly once more, so the handlers must be idempotent.</summary>
    IfNeeded,
}
