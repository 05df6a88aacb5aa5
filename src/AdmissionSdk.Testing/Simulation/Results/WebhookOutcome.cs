namespace AdmissionSdk.Testing.Simulation;

/// <summary>The outcome of one webhook for one request, in the classes that failurePolicy distinguishes.</summary>
public enum WebhookOutcome
{
    /// <summary>The webhook was not called; see the reason.</summary>
    Skipped,

    /// <summary>The webhook allowed the request.</summary>
    Allowed,

    /// <summary>The webhook denied the request. failurePolicy does not matter.</summary>
    Rejected,

    /// <summary>The call failed and failurePolicy is Fail: the request ends with 500.</summary>
    CallFailed,

    /// <summary>The call failed and failurePolicy is Ignore: the request goes on as if the webhook had allowed the request without a patch.</summary>
    FailedOpen,

    /// <summary>The request fails under every failurePolicy: a patch that does not apply, a dry run that is not supported, an unknown namespace.</summary>
    HardFailure,
}
