namespace AdmissionSdk.Patching.Fields;

/// <summary>The value that a step of a path steps into.</summary>
internal enum FieldSegmentKind
{
    /// <summary>Anything: a step of a pointer beyond the model's knowledge. The document shows it.</summary>
    Unknown,

    /// <summary>A member of an object.</summary>
    Member,

    /// <summary>A key of a map.</summary>
    Key,

    /// <summary>An element of a list.</summary>
    Index,
}
