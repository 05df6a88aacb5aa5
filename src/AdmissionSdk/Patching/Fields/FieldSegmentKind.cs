namespace AdmissionSdk.Patching.Fields;

/// <summary>What a step of a path steps into.</summary>
internal enum FieldSegmentKind
{
    /// <summary>From a pointer, beyond what the model knows: what it is shows in the document.</summary>
    Unknown,

    /// <summary>A member of an object.</summary>
    Member,

    /// <summary>A key of a map.</summary>
    Key,

    /// <summary>An element of a list.</summary>
    Index,
}
