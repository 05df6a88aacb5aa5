namespace AdmissionSdk;

/// <summary>The API server's reaction when it cannot get a response from the webhook.</summary>
public enum FailurePolicy
{
    /// <summary>Refuse the request. Kubernetes' default.</summary>
    Fail,

    /// <summary>Let the request pass.</summary>
    Ignore,
}
