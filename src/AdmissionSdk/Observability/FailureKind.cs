namespace AdmissionSdk.Observability;

/// <summary>The kinds of failure of a review without a decision, values of the tag <see cref="TagNames.Failure"/>.</summary>
internal enum FailureKind
{
    None,

    /// <summary>The handler threw, returned null or returned Fail.</summary>
    Handler,

    /// <summary>The object does not fit the handler's type.</summary>
    Undecodable,

    /// <summary>No handler claims the review.</summary>
    Unmatched,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>All slots of the webhook are taken.</summary>
    Busy,

    /// <summary>The review does not fit into the memory that is free.</summary>
    Memory,

    /// <summary>The edit cannot be sent as a patch.</summary>
    Patch,

    /// <summary>The SDK's own patch is not the edit: a defect, found before the response was sent.</summary>
    SelfCheck,

    /// <summary>The API server hung up before an outcome.</summary>
    Canceled,
}
