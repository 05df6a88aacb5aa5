namespace AdmissionSdk;

/// <summary>The kind of a webhook: one that may change objects, or one that may not.</summary>
public enum WebhookType
{
    /// <summary>Called one after the other, before validation; may change the object.</summary>
    Mutating,

    /// <summary>Called in parallel on the final object; may only accept or refuse.</summary>
    Validating,
}
