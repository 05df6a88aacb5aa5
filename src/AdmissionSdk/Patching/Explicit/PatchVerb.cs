namespace AdmissionSdk.Patching.Explicit;

/// <summary>What can be said by path.</summary>
internal enum PatchVerb
{
    Set,
    SetIfAbsent,
    Remove,
    RemoveIfPresent,
    Append,
    AppendUnlessPresent,
}
