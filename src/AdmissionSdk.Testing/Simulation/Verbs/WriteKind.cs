namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The form of a write request's body.</summary>
internal enum WriteKind
{
    /// <summary>The whole object, by POST or PUT.</summary>
    Whole,

    /// <summary>A JSON or merge patch.</summary>
    Patch,

    /// <summary>Server-side apply.</summary>
    Apply,
}
