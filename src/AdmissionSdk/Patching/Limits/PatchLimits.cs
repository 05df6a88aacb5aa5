namespace AdmissionSdk.Patching.Limits;

/// <summary>The most that a patch may cost. Requesters choose the object, so nothing here may grow without bound.</summary>
internal sealed record PatchLimits
{
    public static PatchLimits Default { get; } = new();

    /// <summary>The deepest nesting of a document.</summary>
    public int MaxDepth { get; init; } = 1000;

    /// <summary>The largest patch, in bytes. The API server reads responses without a limit (contract 6.5) and keeps patches in its audit log.</summary>
    public int MaxPatchBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most differences looked for in all lists of a document, and the most elements added to or removed from one list; beyond, it is replaced whole.</summary>
    public int MaxListDifferences { get; init; } = 1000;

    /// <summary>The most bytes that the operations inside a value may be longer than the value, which beyond is replaced whole.</summary>
    public int MaxExcessBytes { get; init; } = 16 * 1024;

    /// <summary>The most bytes that all <c>copy</c> operations of a patch may add, as in the API server (contract 12.7).</summary>
    public int MaxCopyBytes { get; init; } = 3 * 1024 * 1024;
}
