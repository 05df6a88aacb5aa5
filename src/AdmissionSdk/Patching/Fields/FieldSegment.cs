namespace AdmissionSdk.Patching.Fields;

/// <summary>One step of a path.</summary>
internal readonly record struct FieldSegment(string Name, FieldSegmentKind Kind);
