namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

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
