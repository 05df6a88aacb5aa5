namespace AdmissionSdk.Patching;

/// <summary>A JSON Patch is malformed or does not apply.</summary>
internal sealed class JsonPatchException : Exception
{
    internal JsonPatchException(string reason)
        : base($"the patch is malformed: {reason}") => Reason = reason;

    internal JsonPatchException(int operationIndex, string path, string reason)
        : base($"operation {operationIndex} on \"{path}\": {reason}")
    {
        OperationIndex = operationIndex;
        Path = path;
        Reason = reason;
    }

    /// <summary>The index of the operation that does not apply, counted from 0; null if the patch is malformed.</summary>
    public int? OperationIndex { get; }

    /// <summary>The JSON Pointer that the operation fails at, which may be its <c>from</c>; null if the patch is malformed.</summary>
    public string? Path { get; }

    /// <summary>The reason, without the operation and the path.</summary>
    public string Reason { get; }
}
