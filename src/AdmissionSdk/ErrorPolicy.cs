namespace AdmissionSdk;

/// <summary>The response of a webhook whose handler could not decide.</summary>
public enum ErrorPolicy
{
    /// <summary>HTTP 500, so that the webhook's failurePolicy decides in the cluster. The default.</summary>
    Fail,

    /// <summary>Refuse the request, whatever failurePolicy says.</summary>
    Deny,

    /// <summary>Let the request pass and warn the user.</summary>
    AllowWithWarning,
}
