namespace AdmissionSdk.EndToEnd.Tests.Agreement;

internal enum Verb
{
    Create,
    Update,
    MergePatch,
    JsonPatch,
    Apply,
    Delete,
    DeleteCollection,
    Connect,
    Get,
}
