namespace AdmissionSdk.Patching.Direct;

/// <summary>The kinds of change that an edit in place makes.</summary>
internal enum PendingVerb
{
    Set,
    Remove,
    Change,
    Insert,
    RemoveAt,
}
