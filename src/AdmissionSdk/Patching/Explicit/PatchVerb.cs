namespace AdmissionSdk.Patching.Explicit;

/// <summary>The kinds of edit by path, named as the methods of <see cref="PatchBuilder{T}"/>, for messages.</summary>
internal enum PatchVerb
{
    Set,
    SetIfAbsent,
    Remove,
    RemoveIfPresent,
    Append,
    AppendIfAbsent,
}
