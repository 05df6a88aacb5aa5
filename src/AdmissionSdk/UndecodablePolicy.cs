namespace AdmissionSdk;

/// <summary>What a webhook answers when the object cannot be read as the handler's type. A setting of its own, because whoever makes the request chooses the content.</summary>
public enum UndecodablePolicy
{
    /// <summary>HTTP 500, so that failurePolicy decides. Under Ignore, whoever can write an unreadable object walks past the webhook. The default.</summary>
    Fail,

    /// <summary>Refuse the request. Right for guards.</summary>
    Deny,
}
