namespace AdmissionSdk.Testing.Simulation;

/// <summary>What became of one webhook for one request; the classes are those that failurePolicy distinguishes.</summary>
public enum WebhookOutcome
{
    /// <summary>Not called; the reason says why.</summary>
    Skipped,

    /// <summary>Called, and it allowed the request.</summary>
    Allowed,

    /// <summary>Called, and it said no. failurePolicy has no say.</summary>
    Rejected,

    /// <summary>The call failed and failurePolicy is Fail: the request ends with 500.</summary>
    CallFailed,

    /// <summary>The call failed and failurePolicy is Ignore: as if the webhook had allowed the request without a patch.</summary>
    FailedOpen,

    /// <summary>The request fails whatever failurePolicy says: a patch that does not apply, a dry run that is not supported, an unknown namespace.</summary>
    HardFailure,
}
