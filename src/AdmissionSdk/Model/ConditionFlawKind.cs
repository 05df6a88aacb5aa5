namespace AdmissionSdk.Registration;

/// <summary>The kinds of flaws of match conditions.</summary>
internal enum ConditionFlawKind
{
    /// <summary>The API server refuses the expression.</summary>
    Refused,

    /// <summary>The condition is true for every request that the rules let through.</summary>
    AlwaysTrue,

    /// <summary>The condition is false for every request that the rules let through.</summary>
    NeverTrue,

    /// <summary>The evaluation may exceed the API server's limits.</summary>
    Costly,
}
