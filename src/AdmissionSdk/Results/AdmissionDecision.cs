namespace AdmissionSdk;

/// <summary>The three things a webhook can say.</summary>
public enum AdmissionDecision
{
    /// <summary>The request may go on, with the edits a mutator made.</summary>
    Allow,

    /// <summary>The policy says no. The user gets the message, whatever the webhook's failurePolicy.</summary>
    Deny,

    /// <summary>The webhook could not decide. The webhook's failurePolicy says what happens: Fail refuses the request, Ignore lets it pass.</summary>
    Fail,
}
