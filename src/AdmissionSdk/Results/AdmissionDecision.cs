namespace AdmissionSdk;

/// <summary>The three decisions of a webhook.</summary>
public enum AdmissionDecision
{
    /// <summary>The request may go on, with the edits a mutator made.</summary>
    Allow,

    /// <summary>The policy refuses the request. The user gets the message, whatever the webhook's failurePolicy.</summary>
    Deny,

    /// <summary>The webhook could not decide. Under failurePolicy Fail the request is refused, under Ignore the request passes.</summary>
    Fail,
}
