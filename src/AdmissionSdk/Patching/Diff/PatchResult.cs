namespace AdmissionSdk.Patching.Diff;

/// <summary>The patch of one review.</summary>
/// <param name="Json">The JSON Patch; empty when nothing changed.</param>
/// <param name="OperationCount">How many operations it has.</param>
internal readonly record struct PatchResult(ReadOnlyMemory<byte> Json, int OperationCount);
