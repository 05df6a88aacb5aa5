namespace AdmissionSdk.Patching.Diff;

/// <summary>The patch of one review.</summary>
/// <param name="Json">The JSON Patch; empty if nothing changed.</param>
/// <param name="OperationCount">The number of operations.</param>
internal readonly record struct PatchResult(ReadOnlyMemory<byte> Json, int OperationCount);
