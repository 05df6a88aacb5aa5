namespace AdmissionSdk;

/// <summary>What the API server does when it cannot get an answer from the webhook.</summary>
public enum FailurePolicy
{
    /// <summary>Refuse the request. Kubernetes' default.</summary>
    Fail,

    /// <summary>Let the request pass.</summary>
    Ignore,
}
