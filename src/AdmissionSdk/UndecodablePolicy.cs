namespace AdmissionSdk;

/// <summary>The response of a webhook when the object cannot be read as the handler's type. A setting apart from <see cref="ErrorPolicy"/>, because the requester chooses the content.</summary>
public enum UndecodablePolicy
{
    /// <summary>HTTP 500, so that failurePolicy decides. Under Ignore, everybody who can write an unreadable object walks past the webhook. The default.</summary>
    Fail,

    /// <summary>Refuse the request. Right for guards.</summary>
    Deny,
}
