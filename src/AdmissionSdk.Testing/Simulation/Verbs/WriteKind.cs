namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>How a user's request says what the object is to be.</summary>
internal enum WriteKind
{
    /// <summary>The whole object, by POST or PUT.</summary>
    Whole,

    /// <summary>A JSON or merge patch.</summary>
    Patch,

    /// <summary>Server-side apply.</summary>
    Apply,
}
