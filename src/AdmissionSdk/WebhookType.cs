namespace AdmissionSdk;

/// <summary>Whether a webhook may change objects.</summary>
public enum WebhookType
{
    /// <summary>Called one after the other, before validation; may change the object.</summary>
    Mutating,

    /// <summary>Called in parallel on the final object; may only accept or refuse.</summary>
    Validating,
}
